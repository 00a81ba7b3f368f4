using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Stores;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>The simulation notices what is wrong: worlds that break a promise on purpose do not pass.</summary>
public sealed class FlawTests
{
    private const ulong SeedsMax = 1_000;

    // Several at once, again and again: what only fails when two meet within milliseconds is then met often.
    private static readonly TimeSpan[] Crowd = [.. from seconds in (int[])[2, 8, 30, 90] from _ in Enumerable.Range(0, 3) select TimeSpan.FromSeconds(seconds)];

    public static TheoryData<StoreFlaw> Flaws => [.. Enum.GetValues<StoreFlaw>().Except([StoreFlaw.None])];

    [Theory, MemberData(nameof(Flaws))]
    public void Run_AWorldWithAFlaw_IsCaughtByASeed(StoreFlaw flaw)
    {
        SeedChoice.SkipInReplay();
        for (ulong seed = 1; seed <= SeedsMax; seed++)
        {
            Scenario scenario = Scenario.From(seed) with { Resumes = Crowd };
            if (!Simulation.Run(scenario, flaw: flaw).IsGood && Simulation.Run(scenario).IsGood) return;
        }

        Assert.Fail($"{SeedsMax} seeds went by without noticing: {flaw}");
    }
}
