namespace AotRecTrainer.Training.Messages;

/// <summary>How a run stands, as stored objects and answers name it.</summary>
public static class RunState
{
    /// <summary>A coordinator works on it.</summary>
    public const string Running = "running";

    /// <summary>The model is saved.</summary>
    public const string Complete = "complete";

    /// <summary>It ended with an error; it can be resumed from its last checkpoint.</summary>
    public const string Failed = "failed";

    /// <summary>It was stopped on request; it can be resumed.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>In a lease: its coordinator has stopped so that another invocation goes on.</summary>
    public const string Released = "released";

    /// <summary>In an answer: another invocation goes on with it.</summary>
    public const string Continued = "continued";
}
