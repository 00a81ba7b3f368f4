using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>The cold starts of one variant with one memory size.</summary>
/// <param name="Variant">How the function was compiled.</param>
/// <param name="MemoryMegabytes">Its memory size.</param>
/// <param name="Reports">What the local Lambda said of every first invocation.</param>
internal sealed record ColdStarts(Variant Variant, int MemoryMegabytes, IReadOnlyList<InvocationReport> Reports)
{
    /// <summary>From the start of the process to its first request for an event, in milliseconds.</summary>
    public Spread Init => Spread.Of(Reports.Select(report => report.InitDuration!.Value.TotalMilliseconds));

    /// <summary>The first event, from handing it over to the answer, in milliseconds.</summary>
    public Spread FirstInvocation => Spread.Of(Reports.Select(report => report.Duration.TotalMilliseconds));

    /// <summary>Most memory that the process had by then, in megabytes.</summary>
    public Spread PeakMemory => Spread.Of(Reports.Select(report => report.MaxMemoryBytes / 1048576.0));
}
