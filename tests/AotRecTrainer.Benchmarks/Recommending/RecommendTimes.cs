namespace AotRecTrainer.Benchmarks.Recommending;

/// <summary>What answers to one kind of question took.</summary>
/// <param name="Question">The kind, in words.</param>
/// <param name="Milliseconds">From handing an event over to the answer, as the local Lambda measured it.</param>
/// <param name="PeakMegabytes">Most memory that the function has had.</param>
internal sealed record RecommendTimes(string Question, double[] Milliseconds, int PeakMegabytes)
{
    /// <summary>The time that a share of the answers stay below.</summary>
    public double Quantile(double share) => Milliseconds.Order().ElementAt((int)(share * (Milliseconds.Length - 1)));
}
