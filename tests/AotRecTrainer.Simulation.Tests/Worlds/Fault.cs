namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>What a world does to the programs in it.</summary>
public enum Fault
{
    /// <summary>A request to the store that takes many times as long as usual.</summary>
    StoreSlow,

    /// <summary>A request that failed and changed nothing.</summary>
    StoreRefused,

    /// <summary>A request that was carried out and reported as failed.</summary>
    StoreAnswerLost,

    /// <summary>Statistics that are damaged on their way into the store.</summary>
    StatisticsDamaged,

    /// <summary>A worker's process ends without a word.</summary>
    WorkerCrashed,

    /// <summary>A coordinator's process ends without a word.</summary>
    CoordinatorCrashed,

    /// <summary>A process stands still for a while and then goes on as if nothing had been.</summary>
    Paused,

    /// <summary>The wall clock of a process is set anew.</summary>
    ClockJumped,

    /// <summary>The platform ends an invocation at the function's time limit.</summary>
    TimedOut,

    /// <summary>An invocation starts a process.</summary>
    ColdStart,

    /// <summary>An invocation is refused because too many are running.</summary>
    Throttled,

    /// <summary>An invocation that never reached the function.</summary>
    RequestLost,

    /// <summary>A function that ran and whose caller sees a broken connection.</summary>
    AnswerLost,

    /// <summary>A function that ran and whose caller hears nothing at all.</summary>
    AnswerNeverCame,

    /// <summary>An answer that is a long time on its way.</summary>
    AnswerLate,

    /// <summary>An answer that is not what the function said.</summary>
    AnswerGarbled,

    /// <summary>One call that ran the function twice, the second time because the first answer was lost.</summary>
    RanTwice,

    /// <summary>A queued event that is delivered a second time.</summary>
    DeliveredTwice,

    /// <summary>A queued event that is delivered late.</summary>
    DeliveredLate,

    /// <summary>A queued event that the platform delivers again because the function failed.</summary>
    DeliveredAgain,
}
