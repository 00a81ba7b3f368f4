using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>Lives through a world from its beginning to its end, and judges it.</summary>
internal static class Simulation
{
    // Months of waiting are a wait without an end.
    private static readonly TimeSpan TimeMax = TimeSpan.FromDays(30);

    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="keepLines">Whether the event log is kept for a reader.</param>
    /// <param name="flaw">What is wrong with the store.</param>
    public static Verdict Run(Scenario scenario, bool keepLines = false, StoreFlaw flaw = StoreFlaw.None)
    {
        VirtualTime time = new() { StuckAfter = TimeSpan.FromSeconds(2) };
        World? world = null;
        List<string> problems = [];
        try
        {
            time.Run(async () =>
            {
                world = new World(scenario.Seed, scenario.Faults, time, keepLines);
                world.Objects.Flaw = flaw;
                world.Lambda.Crash = scenario.Crash;
                world.Witness.AttemptsMax = scenario.Event.MaxAttempts ?? TrainingDefaults.MaxAttempts;
                Operator someone = new(world, scenario);
                try
                {
                    await someone.OperateAsync().WaitAsync(TimeMax, time);
                }
                finally
                {
                    problems.AddRange([.. world.Witness.Problems, .. someone.Problems]);
                    if (world.HasStrayed) problems.Add("code left the simulated process's context");
                }
            });
        }
        catch (Exception problem) when (problem is InvalidOperationException or TimeoutException)
        {
            problems.Add(problem.Message);
        }
        finally
        {
            world?.Dispose();
        }

        return new Verdict(scenario.Seed, problems, world!.Log.Hash, world.Log.Count, world.Coverage, world.Log.Lines);
    }
}
