using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>What is trained in a world, and what goes wrong there.</summary>
/// <param name="Seed">Seed of the world.</param>
/// <param name="Case">Number of the <see cref="ModelCase"/>.</param>
/// <param name="Event">What the operator asks for.</param>
/// <param name="Faults">What goes wrong until the weather clears.</param>
internal sealed record Scenario(ulong Seed, int Case, CoordinatorEvent Event, FaultRates Faults)
{
    /// <summary>Whether the platform queues the event, or the operator waits for the answer.</summary>
    public bool IsQueued { get; init; }

    /// <summary>When somebody wants the run to stop.</summary>
    public TimeSpan[] Cancels { get; init; } = [];

    /// <summary>When somebody wants the run to go on, whether or not it has stopped.</summary>
    public TimeSpan[] Resumes { get; init; } = [];

    /// <summary>One invocation that dies at a chosen call; null leaves it to chance.</summary>
    public PlannedCrash? Crash { get; init; }

    /// <summary>The scenario of a seed: every fourth one is planned, all others leave everything to chance.</summary>
    public static Scenario From(ulong seed) => seed % 4 == 0 ? CrashPlan.Of(seed, (int)((seed / 4) - 1)) : ByChance(seed);

    private static Scenario ByChance(ulong seed)
    {
        Dice dice = new Dice(seed).Fork("scenario");
        int number = dice.Below(ModelCase.Count);
        CoordinatorEvent asked = ModelCase.Event(number) with
        {
            Workers = dice.Below(6),
            Exchange = dice.OneOf("await", "poll"),
            CheckpointEvery = dice.OneOf(0, 1, 1, 2, 3),
            MaxAttempts = dice.OneOf<int?>(null, 3, 8),
        };
        return new Scenario(seed, number, asked, dice.Chance(0.02) ? FaultRates.None : FaultRates.From(dice))
        {
            IsQueued = dice.Chance(0.5),
            Cancels = Moments(0.2),
            Resumes = Moments(0.4),
        };

        TimeSpan[] Moments(double chance)
        {
            TimeSpan[] moments = new TimeSpan[dice.Chance(chance) ? 1 + dice.Below(3) : 0];
            for (int i = 0; i < moments.Length; i++) moments[i] = dice.Spread(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(2));
            return moments;
        }
    }
}
