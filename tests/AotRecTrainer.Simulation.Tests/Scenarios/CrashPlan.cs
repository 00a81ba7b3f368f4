using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>
/// Scenarios that go through the calls of a program to the world outside one by one, in weather without faults: the program dies there, with
/// the call carried out or not. One pass over them has both exchanges and both programs; every pass but the first trains something else.
/// </summary>
internal static class CrashPlan
{
    /// <summary>Calls of a coordinator that a pass goes through.</summary>
    public const int CoordinatorCalls = 115;

    /// <summary>Calls of a worker that a pass goes through.</summary>
    public const int WorkerCalls = 10;

    /// <summary>Scenarios of a pass.</summary>
    public const int Count = (CoordinatorCalls + WorkerCalls) * 4;

    /// <summary>A scenario.</summary>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="number">Its number among the planned ones, from 0.</param>
    public static Scenario Of(ulong seed, int number)
    {
        int step = number % Count;
        int call = step / 4;
        bool isCoordinator = call < CoordinatorCalls;
        CrashPoint point = new(1 + (isCoordinator ? call : call - CoordinatorCalls), IsCarriedOut: step / 2 % 2 == 1);
        int pass = number / Count;
        Dice dice = new Dice((ulong)pass).Fork("plan");
        int model = pass == 0 ? 0 : dice.Below(ModelCase.Count);
        return new Scenario(seed, model, ModelCase.Event(model), FaultRates.None)
        {
            Event = ModelCase.Event(model) with
            {
                Workers = pass == 0 ? 2 : 1 + dice.Below(3),
                Exchange = step % 2 == 0 ? "await" : "poll",
                CheckpointEvery = pass == 0 ? 1 : dice.OneOf(1, 2),
            },
            Crash = new PlannedCrash(isCoordinator, Invocation: 1, point),
            IsQueued = dice.Chance(0.5),
        };
    }
}
