namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>
/// Nesterov's accelerated gradient, in the form that takes the gradient where the parameters are (Sutskever et al. 2013):
/// v ← m v + g, x ← x − η (g + m v).
/// </summary>
/// <param name="momentum">m, in [0, 1).</param>
public sealed class NesterovRule(float momentum) : IUpdateRule
{
    /// <inheritdoc/>
    public int Memories => 1;

    /// <inheritdoc/>
    public void Apply(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, int step)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float velocity = (momentum * first[i]) + gradient[i];
            first[i] = velocity;
            values[i] -= rate * (gradient[i] + (momentum * velocity));
        }
    }
}
