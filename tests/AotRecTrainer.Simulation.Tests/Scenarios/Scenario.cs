using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>What is trained in a world, and what goes wrong there.</summary>
/// <param name="Seed">Seed of the world.</param>
/// <param name="Case">Number of the <see cref="ModelCase"/>.</param>
/// <param name="Event">What the operator asks for.</param>
/// <param name="Faults">What goes wrong until the operator has had enough.</param>
internal sealed record Scenario(ulong Seed, int Case, CoordinatorEvent Event, FaultRates Faults)
{
    /// <summary>Whether the operator waits for the answer, or has the platform queue the event.</summary>
    public bool IsQueued { get; init; }

    public static Scenario From(ulong seed)
    {
        Dice dice = new Dice(seed).Fork("scenario");
        int number = dice.Below(ModelCase.Count);
        CoordinatorEvent asked = ModelCase.Event(number) with
        {
            Workers = dice.Below(6),
            Exchange = dice.OneOf("await", "poll"),
            CheckpointEvery = dice.OneOf(0, 1, 1, 2, 3),
        };
        return new Scenario(seed, number, asked, dice.Chance(0.02) ? FaultRates.None : FaultRates.From(dice)) { IsQueued = dice.Chance(0.5) };
    }
}
