namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>Which seeds are run: the default ones, many more with AOTREC_LONG_TESTS=1, or those that AOTREC_SIMULATION_SEED names.</summary>
internal static class SeedChoice
{
    private const ulong DefaultCount = 2_000;
    private const ulong LongCount = 100_000;
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("AOTREC_SIMULATION_SEED");

    /// <summary>The first and the last seed.</summary>
    public static (ulong First, ulong Last) Range { get; } = Read();

    /// <summary>True when somebody wants to see certain seeds, and those alone.</summary>
    public static bool IsReplay => Wanted is { Length: > 0 };

    /// <summary>Skips a test that has nothing to do with the seeds that somebody wants to see.</summary>
    public static void SkipInReplay() => Assert.SkipWhen(IsReplay, "AOTREC_SIMULATION_SEED is set: only those seeds are run");

    private static (ulong First, ulong Last) Read()
    {
        if (!IsReplay) return (1, Environment.GetEnvironmentVariable("AOTREC_LONG_TESTS") == "1" ? LongCount : DefaultCount);
        string[] bounds = Wanted!.Split('-');
        if (bounds.Length > 2 || !ulong.TryParse(bounds[0], out ulong first) || !ulong.TryParse(bounds[^1], out ulong last) || last < first)
            throw new InvalidOperationException($"AOTREC_SIMULATION_SEED is \"{Wanted}\", expected a seed such as 17 or a range such as 17-99");
        return (first, last);
    }
}
