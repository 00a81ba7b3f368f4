namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What a run is given: the two things that a plan chooses, and the machine that they are shares of.</summary>
/// <param name="Workers">Workers; 0 is the coordinator alone.</param>
/// <param name="Memory">Memory of every function in MB.</param>
/// <param name="CpuScale">What CPU shares are multiplied by; 1 on Lambda, less behind a local stand-in that was told so.</param>
internal readonly record struct Setting(int Workers, int Memory, double CpuScale = 1)
{
    /// <summary>The memory that one processor comes with.</summary>
    public const int MegabytesPerProcessor = 1769;

    /// <summary>
    /// Processors' worth of computing that a function gets: its share, but no more than it has threads, one for every whole processor.
    /// </summary>
    public double Speed => Math.Min(CpuScale * Memory / MegabytesPerProcessor, Math.Max(1, Memory / MegabytesPerProcessor));
}
