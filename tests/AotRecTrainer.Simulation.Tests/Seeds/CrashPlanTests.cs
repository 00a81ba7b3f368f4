using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>The planned crashes of the default seeds leave no call out.</summary>
public sealed class CrashPlanTests
{
    [Theory]
    [InlineData(true, CrashPlan.CoordinatorCalls, Fault.CoordinatorCrashed)]
    [InlineData(false, CrashPlan.WorkerCalls, Fault.WorkerCrashed)]
    public void Plan_ItsLastCall_IsBehindTheLastThatThereIs(bool isCoordinator, int last, Fault fault)
    {
        SeedChoice.SkipInReplay();
        Scenario[] planned = [.. Enumerable.Range(0, CrashPlan.Count).Select(number => CrashPlan.Of(seed: 1, number))];
        foreach (Scenario scenario in planned.Where(scenario => scenario.Crash?.IsCoordinator == isCoordinator))
        {
            int call = scenario.Crash!.Value.Point.Door;
            if (call > 1 && call < last) continue;
            Verdict verdict = Simulation.Run(scenario);
            Assert.True(verdict.IsGood, verdict.ToString());
            Assert.Equal(call == last ? 0 : 1, verdict.Coverage[fault]);
        }
    }

    [Fact]
    public void Plan_OfTheDefaultSeeds_HasEveryScenarioOfAPass() => Assert.InRange(CrashPlan.Count, 1, 2_000 / 4);
}
