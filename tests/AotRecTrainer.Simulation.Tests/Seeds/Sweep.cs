using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>Many worlds: which of them ended badly, and what happened in all of them together.</summary>
internal sealed class Sweep
{
    private static readonly Lazy<Sweep> Chosen = new(() =>
    {
        (ulong first, ulong last) = SeedChoice.Range;
        Sweep sweep = new();
        Parallel.For(
            (long)first, (long)last + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed => sweep.Add(Simulation.Run(Scenario.From((ulong)seed))));
        return sweep;
    });

    private readonly List<Verdict> _bad = [];

    /// <summary>The seeds of this test run; lived through once, whoever asks first.</summary>
    public static Sweep OfChosenSeeds => Chosen.Value;

    public int Count { get; private set; }

    public Coverage Coverage { get; } = new();

    public IReadOnlyList<Verdict> Bad
    {
        get
        {
            lock (_bad) return [.. _bad.OrderBy(verdict => verdict.Seed)];
        }
    }

    public void Add(Verdict verdict)
    {
        Coverage.Add(verdict.Coverage);
        lock (_bad)
        {
            Count++;
            if (!verdict.IsGood) _bad.Add(verdict);
        }
    }

    /// <summary>Fails with one bad world of every kind, and how to see it again.</summary>
    public void AssertAllGood()
    {
        IReadOnlyList<Verdict> bad = Bad;
        IEnumerable<string> kinds = bad.GroupBy(verdict => verdict.Kind, StringComparer.Ordinal)
            .Select(kind => $"{kind.Count()} like {kind.First()}");
        Assert.True(bad.Count == 0, $"{bad.Count} of {Count} worlds ended badly:{Environment.NewLine}{string.Join(Environment.NewLine, kinds)}");
    }
}
