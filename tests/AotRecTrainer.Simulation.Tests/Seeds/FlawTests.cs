using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Stores;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>The simulation notices what is wrong: worlds that break a promise on purpose do not pass.</summary>
public sealed class FlawTests
{
    private const ulong SeedsMax = 1_000;

    public static TheoryData<StoreFlaw> Flaws => [.. Enum.GetValues<StoreFlaw>().Except([StoreFlaw.None])];

    [Theory, MemberData(nameof(Flaws))]
    public void Run_AWorldWithAFlaw_IsCaughtByASeed(StoreFlaw flaw)
    {
        SeedChoice.SkipInReplay();
        for (ulong seed = 1; seed <= SeedsMax; seed++)
        {
            if (!Simulation.Run(Scenario.From(seed), flaw: flaw).IsGood) return;
        }

        Assert.Fail($"{SeedsMax} seeds went by without noticing: {flaw}");
    }
}
