namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>
/// Adam (Kingma and Ba 2015): steps of about the learning rate in every parameter, whatever the size of its gradient.
/// </summary>
/// <param name="momentum">β₁, in [0, 1).</param>
public sealed class AdamRule(float momentum) : IUpdateRule
{
    private const float SquareDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <inheritdoc/>
    public int Memories => 2;

    /// <inheritdoc/>
    public void Apply(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, int step)
    {
        // Both memories start at zero, which these undo.
        float firstBias = 1 / (1 - MathF.Pow(momentum, step));
        float secondBias = 1 / (1 - MathF.Pow(SquareDecay, step));
        for (int i = 0; i < values.Length; i++)
        {
            first[i] = (momentum * first[i]) + ((1 - momentum) * gradient[i]);
            second[i] = (SquareDecay * second[i]) + ((1 - SquareDecay) * gradient[i] * gradient[i]);
            values[i] -= rate * first[i] * firstBias / (MathF.Sqrt(second[i] * secondBias) + Epsilon);
        }
    }
}
