namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>How a scaled gradient moves parameters: the part in which the optimizers differ.</summary>
public interface IUpdateRule
{
    /// <summary>Numbers remembered for every parameter.</summary>
    int Memories { get; }

    /// <summary>Moves parameters.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="gradient">Their scaled gradient, beside them.</param>
    /// <param name="first">The first memory of each, zero at the start; empty when there is none.</param>
    /// <param name="second">The second memory of each, zero at the start; empty when there is none.</param>
    /// <param name="rate">Step size.</param>
    /// <param name="step">Number of this step in the run, from 1.</param>
    void Apply(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, int step);
}
