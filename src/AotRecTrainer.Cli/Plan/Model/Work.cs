using AotRecTrainer.Dataset;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>
/// How much there is to do on the way from a run's beginning to its end when so many workers share it: of what workers do side by side the
/// share of the one with the most, of what the coordinator does all.
/// </summary>
internal sealed record Work
{
    // Statistics that the coordinator reads at the same time.
    private const int Window = 8;

    /// <summary>The work of a run.</summary>
    /// <param name="workload">What is trained.</param>
    /// <param name="workers">Workers; 0 is the coordinator alone.</param>
    public Work(Workload workload, int workers)
    {
        ShardEntry[] shards = workload.Manifest.Shards;
        (Algorithm, Factors, Rounds) = (workload.Settings.Algorithm, workload.Settings.Factors, workload.Rounds);
        (Users, Items, Shards) = (workload.Manifest.Users, workload.Manifest.Items, shards.Length);
        Workers = Math.Min(workers, Shards);
        ShardEntry[][] groups =
            [.. WorkerGroup.Deal(Shards, Math.Max(Workers, 1)).Select(group => group.Shards.Select(shard => shards[shard]).ToArray())];
        LargestShards = groups.Max(group => group.Length);
        LargestRatings = groups.Max(group => group.Sum(shard => (double)shard.Train.Rows + shard.Test.Rows));
        LargestUsers = groups.Max(group => group.Sum(shard => (double)shard.UserCount));
        LargestBytes = groups.Max(group => group.Sum(shard => (double)shard.Train.Bytes + shard.Test.Bytes));
        LargestStatistics = groups.Max(group => group.Sum(workload.StatisticsBytes));
        Statistics = shards.Sum(workload.StatisticsBytes);
        (TaskBytes, ModelBytes) = (workload.TaskBytes, workload.ModelBytes);
        (Checkpoints, Samples) = (workload.Checkpoints, workload.Samples);
    }

    /// <summary>Name of the algorithm, one of <see cref="AlgorithmName"/>.</summary>
    public string Algorithm { get; }

    /// <summary>Length of the factor vectors.</summary>
    public int Factors { get; }

    /// <summary>Rounds.</summary>
    public int Rounds { get; }

    /// <summary>Users of the data set.</summary>
    public int Users { get; }

    /// <summary>Items of the data set.</summary>
    public int Items { get; }

    /// <summary>Shards of the data set.</summary>
    public int Shards { get; }

    /// <summary>Workers that have something to do; 0 is the coordinator alone.</summary>
    public int Workers { get; }

    /// <summary>1 with workers and 0 without.</summary>
    public int HasWorkers => Math.Min(Workers, 1);

    /// <summary>Shards of the worker with the most.</summary>
    public int LargestShards { get; }

    /// <summary>Ratings, held-out ones among them, of the worker with the most.</summary>
    public double LargestRatings { get; }

    /// <summary>Users of the worker with the most.</summary>
    public double LargestUsers { get; }

    /// <summary>Bytes of the shard files of the worker with the most.</summary>
    public double LargestBytes { get; }

    /// <summary>Bytes of a round's statistics of the worker with the most.</summary>
    public double LargestStatistics { get; }

    /// <summary>Bytes of a round's statistics.</summary>
    public double Statistics { get; }

    /// <summary>Bytes of what a round's workers are told.</summary>
    public double TaskBytes { get; }

    /// <summary>Bytes of the parameters.</summary>
    public double ModelBytes { get; }

    /// <summary>Checkpoints on the way.</summary>
    public int Checkpoints { get; }

    /// <summary>Samples that are saved on the way.</summary>
    public int Samples { get; }

    /// <summary>
    /// Rounds that wait for a worker to read its shards, as far as can be expected: any environment may be asked for any worker's shards,
    /// and it keeps those that it has read.
    /// </summary>
    public double LoadingRounds => Enumerable.Range(0, Rounds).Sum(round => 1 - Math.Pow(1 - NewShards(round), Math.Max(Workers, 1)));

    /// <summary>How often, together, environments read the shards of a worker.</summary>
    public double Loads => Math.Max(Workers, 1) * Enumerable.Range(0, Rounds).Sum(NewShards);

    /// <summary>Requests to the store that follow one another: the task out and in, statistics out and, several at a time, in.</summary>
    public double RequestsInARow => HasWorkers * Rounds * (3 + Math.Ceiling((double)Shards / Window));

    /// <summary>Bytes that go through one function's network, one after the other.</summary>
    public double BytesInARow =>
        (HasWorkers * Rounds * ((2 * TaskBytes) + LargestStatistics + Statistics)) + (LoadingRounds * LargestBytes) + ModelBytes;

    /// <summary>Of the requests those that a worker makes.</summary>
    public double WorkerRequestsInARow => HasWorkers * Rounds * 2;

    /// <summary>Of the bytes those that go through a worker's network.</summary>
    public double WorkerBytesInARow => HasWorkers * ((Rounds * (TaskBytes + LargestStatistics)) + (LoadingRounds * LargestBytes));

    // The probability that an environment is asked for shards it has not read yet.
    private double NewShards(int round) => Workers <= 1 ? (round == 0 ? 1 : 0) : Math.Pow(1 - (1.0 / Workers), round);
}
