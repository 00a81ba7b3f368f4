namespace AotRecTrainer.Cli.Logs;

/// <summary>The lines about one run, wherever they are.</summary>
internal interface IRunLog : IDisposable
{
    /// <summary>How long a line may take from being written to being read.</summary>
    TimeSpan Lag { get; }

    /// <summary>The lines that have come since the last call, in their order.</summary>
    Task<IReadOnlyList<RunLogLine>> ReadNewAsync(CancellationToken cancellationToken);
}
