namespace AotRecTrainer.Lambda.Logs;

/// <summary>How much a line of the log matters, in the platform's steps.</summary>
public enum LogLevel
{
    /// <summary>Every step.</summary>
    Trace,

    /// <summary>For looking into a fault.</summary>
    Debug,

    /// <summary>What a healthy run says.</summary>
    Info,

    /// <summary>Something was mended or left out.</summary>
    Warn,

    /// <summary>An event failed.</summary>
    Error,

    /// <summary>The process cannot go on.</summary>
    Fatal,
}
