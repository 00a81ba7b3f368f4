using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>What the world has in store for one invocation.</summary>
internal sealed record InvocationFate
{
    private static readonly TimeSpan JumpMax = TimeSpan.FromHours(30);

    /// <summary>Dies at this call.</summary>
    public CrashPoint? Crash { get; init; }

    /// <summary>Dies this long after the start, wherever it is.</summary>
    public TimeSpan? CrashAfter { get; init; }

    /// <summary>Stands still this long after the start.</summary>
    public TimeSpan? PauseAfter { get; init; }

    public TimeSpan Pause { get; init; }

    /// <summary>The wall clock is set anew this long after the start.</summary>
    public TimeSpan? JumpAfter { get; init; }

    public TimeSpan Jump { get; init; }

    public static InvocationFate From(Dice dice, FaultRates faults, bool isCoordinator)
    {
        bool crashes = dice.Chance(isCoordinator ? faults.CoordinatorCrashes : faults.WorkerCrashes);
        bool atCall = dice.Chance(0.5);
        CrashPoint crash = new((int)dice.Spread(1, isCoordinator ? 250 : 15), dice.Chance(0.5));
        TimeSpan crashAfter = Moment();
        bool pauses = dice.Chance(isCoordinator ? faults.CoordinatorPauses : faults.WorkerPauses);
        TimeSpan pauseAfter = Moment();
        TimeSpan pause = dice.Spread(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5));
        bool jumps = dice.Chance(faults.ClockJumps);
        TimeSpan jumpAfter = Moment();
        TimeSpan jump = dice.Between(-JumpMax, JumpMax);
        return new InvocationFate
        {
            Crash = crashes && atCall ? crash : null,
            CrashAfter = crashes && !atCall ? crashAfter : null,
            PauseAfter = pauses ? pauseAfter : null,
            Pause = pause,
            JumpAfter = jumps ? jumpAfter : null,
            Jump = jump,
        };

        TimeSpan Moment() => dice.Spread(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(isCoordinator ? 30 : 0.3));
    }
}
