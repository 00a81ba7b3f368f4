using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>What became of a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Problems">What is not as it should be; empty when all is well.</param>
/// <param name="Hash">Of the event log.</param>
/// <param name="Events">Length of the event log.</param>
/// <param name="Coverage">What happened.</param>
/// <param name="Log">The event log's lines when they were asked for.</param>
internal sealed record Verdict(
    ulong Seed, IReadOnlyList<string> Problems, ulong Hash, int Events, Coverage Coverage, IReadOnlyList<string> Log)
{
    private const int ProblemsShown = 4;

    public bool IsGood => Problems.Count == 0;

    /// <summary>The first problem without its numbers: the same for worlds that most likely have the same mistake behind them.</summary>
    public string Kind => IsGood ? "" : string.Concat(Problems[0].Where(letter => !char.IsAsciiHexDigit(letter)));

    /// <summary>What to type to see it happen again.</summary>
    public string Replay => $"AOTREC_SIMULATION_SEED={Seed} scripts/test.sh Simulation";

    public override string ToString() => $"seed {Seed}: {string.Join("; ", Problems.Distinct().Take(ProblemsShown))}{Environment.NewLine}    replay: {Replay}";
}
