using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Seeds;

public sealed class SeedTests(ITestOutputHelper output)
{
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>()];

    public static TheoryData<Recovery> Recoveries => [.. Enum.GetValues<Recovery>()];

    [Fact]
    public void Run_EverySeed_EndsWithTheFaultFreeBitsOrFailsClearly()
    {
        if (SeedChoice.Range is var (first, last) && first == last)
        {
            Replay(first);
            return;
        }

        output.WriteLine($"{Sweep.OfChosenSeeds.Count} worlds{Environment.NewLine}{Sweep.OfChosenSeeds.Coverage}");
        Sweep.OfChosenSeeds.AssertAllGood();
    }

    [Theory, MemberData(nameof(Faults))]
    public void Run_AllSeeds_MeetEveryFault(Fault fault)
    {
        SeedChoice.SkipInReplay();
        Assert.InRange(Sweep.OfChosenSeeds.Coverage[fault], 10, int.MaxValue);
    }

    [Theory, MemberData(nameof(Recoveries))]
    public void Run_AllSeeds_TakeEveryWayOut(Recovery recovery)
    {
        SeedChoice.SkipInReplay();
        Assert.InRange(Sweep.OfChosenSeeds.Coverage[recovery], 3, int.MaxValue);
    }

    [Fact]
    public void Run_TheSameSeedTwice_IsTheSameToTheEvent()
    {
        SeedChoice.SkipInReplay();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Verdict once = Simulation.Run(Scenario.From(seed));
            Verdict again = Simulation.Run(Scenario.From(seed), keepLines: true);
            Assert.True((once.Hash, once.Events) == (again.Hash, again.Events), $"seed {seed} went two ways");
        }
    }

    private void Replay(ulong seed)
    {
        Scenario scenario = Scenario.From(seed);
        Verdict verdict = Simulation.Run(scenario, keepLines: true);
        string path = ReplayLog.Write(scenario, verdict);
        foreach (string line in verdict.Log) output.WriteLine(line);
        Assert.True(verdict.IsGood, $"{verdict}{Environment.NewLine}    events: {path}");
    }
}
