namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>Gradient descent with momentum (Polyak 1964): v ← m v + g, x ← x − η v.</summary>
/// <param name="momentum">m, in [0, 1).</param>
public sealed class HeavyBallRule(float momentum) : IUpdateRule
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
            values[i] -= rate * velocity;
        }
    }
}
