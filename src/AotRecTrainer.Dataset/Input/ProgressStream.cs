namespace AotRecTrainer.Dataset.Input;

/// <summary>Tells how far into a stream of known length the reading is.</summary>
internal sealed class ProgressStream(Stream inner, IProgress<double> progress) : ReadOnlyStream
{
    public override bool CanSeek => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        progress.Report(inner.Position / (double)Math.Max(1, inner.Length));
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
