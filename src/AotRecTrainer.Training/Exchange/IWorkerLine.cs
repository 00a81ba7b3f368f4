namespace AotRecTrainer.Training.Exchange;

/// <summary>One way of asking workers and of hearing from them, for the length of a round.</summary>
internal interface IWorkerLine
{
    /// <summary>When to look for what has come, counted from the beginning of the round; null where answers come by themselves.</summary>
    TimeSpan? NextLook { get; }

    /// <summary>How often it was looked for what has come.</summary>
    int Looks { get; }

    /// <summary>Makes an attempt. Ends when nothing more will be heard of it.</summary>
    /// <exception cref="TrainingFailedException">Workers cannot be invoked at all.</exception>
    /// <exception cref="TrainingInputException">The worker found that no attempt can succeed.</exception>
    Task AskAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Looks once; not called again before it has ended.</summary>
    /// <param name="missing">The shards not known to be in the store.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="TrainingInputException">A worker found that no attempt can succeed.</exception>
    Task LookAsync(int[] missing, CancellationToken cancellationToken);
}
