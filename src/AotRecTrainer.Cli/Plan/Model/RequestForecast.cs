namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What a run asks of the store and of Lambda when nothing goes wrong.</summary>
/// <param name="Writes">PUT and LIST requests.</param>
/// <param name="Reads">GET requests.</param>
/// <param name="BytesWritten">Bytes of the former.</param>
/// <param name="BytesRead">Bytes of the latter.</param>
/// <param name="Invocations">Invocations, the coordinator's own among them.</param>
internal readonly record struct RequestForecast(double Writes, double Reads, double BytesWritten, double BytesRead, long Invocations)
{
    // Settings, lease, model, result and the last records of a run; and the one LIST of its clean-up.
    private const int WritesOfRun = 9;

    // Manifest, tables of users and items, and what is read before something of the run is created or replaced.
    private const int ReadsOfRun = 19;

    // Metrics and status go out together, not more often than this.
    private const int WritesOfRecord = 2;
    private const double RecordSeconds = 0.1;

    // Parameters, state, description, and the lease that makes them official.
    private const int WritesOfCheckpoint = 4;

    // A worker that took longer than a second asks whether its round is over.
    private const double LateSeconds = 1;

    /// <summary>The requests of a run.</summary>
    /// <param name="work">What it has to do.</param>
    /// <param name="seconds">How long it takes.</param>
    public static RequestForecast Of(Work work, double seconds)
    {
        int rounds = work.HasWorkers * work.Rounds;
        double records = WritesOfRecord * Math.Min(work.Rounds - 1, seconds / RecordSeconds);
        double late = rounds > 0 && seconds / rounds > LateSeconds ? (double)rounds * work.Workers : 0;
        double loads = work.Loads * work.LargestShards * 2;
        return new RequestForecast(
            WritesOfRun + records + (WritesOfCheckpoint * work.Checkpoints) + work.Samples + ((double)rounds * (1 + work.Shards)),
            ReadsOfRun + records + loads + work.Workers + ((double)rounds * (work.Workers + work.Shards)) + late,
            (work.ModelBytes * (1 + (2 * work.Checkpoints) + work.Samples)) + (rounds * (work.TaskBytes + work.Statistics)),
            (work.Loads * work.LargestBytes) + (rounds * ((work.Workers * work.TaskBytes) + work.Statistics)),
            1 + ((long)rounds * work.Workers));
    }
}
