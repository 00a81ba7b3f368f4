namespace AotRecTrainer.Kernels.Bodies;

/// <summary>A workspace with room to pad the row of the user at hand.</summary>
internal abstract unsafe class PaddedGradientWorkspace : GradientWorkspace
{
    private readonly AlignedFloats _userRows;

    private protected PaddedGradientWorkspace(int items, int factors, int stride)
        : base(items, factors, stride)
    {
        // Rows of whole lines: the gradient's must start aligned too.
        int room = AlignedFloats.WholeLines(stride);
        _userRows = new AlignedFloats(2 * room);
        UserRow = _userRows.Start;
        UserGradient = _userRows.Start + room;
    }

    /// <summary>The user's factors, padded; the last lane is 1 where item rows carry their bias there.</summary>
    private protected float* UserRow { get; }

    /// <summary>The gradient of <see cref="UserRow"/>; lanes past the factors hold nothing of use.</summary>
    private protected float* UserGradient { get; }

    private protected void LoadUser(float* factors)
    {
        new ReadOnlySpan<float>(factors, Factors).CopyTo(new Span<float>(UserRow, Factors));
        if (BiasInRow)
        {
            UserRow[Stride - 1] = 1;
        }
    }

    private protected void SaveUserGradient(float* gradient) =>
        new ReadOnlySpan<float>(UserGradient, Factors).CopyTo(new Span<float>(gradient, Factors));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _userRows.Dispose();
        }

        base.Dispose(disposing);
    }
}
