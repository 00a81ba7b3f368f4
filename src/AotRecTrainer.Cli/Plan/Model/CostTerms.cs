using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>
/// All that a run's time is made of, in the form of LambdaML's model (Jiang et al., SIGMOD 2021): start-up, loading, computing, and
/// communication by rounds and bytes. Each term is linear in its coefficient, so that coefficients can be fitted to runs.
/// </summary>
internal static class CostTerms
{
    private const double Thousand = 1e3;
    private const double Million = 1e6;

    /// <summary>The terms, in the order of calibrations.</summary>
    public static IReadOnlyList<CostTerm> All { get; } =
    [
        new("start.run", Part.Start, Place.Coordinator, "ms a run", _ => 1),
        new("start.row", Part.Start, Place.Coordinator, "ms for 1,000 users and items", work => (work.Users + (double)work.Items) / Thousand),
        new("start.byte", Part.Start, Place.Coordinator, "ms for 1 MB of parameters", work => work.ModelBytes / Million),
        new("load.task", Part.Load, Place.Worker, "ms for 1 MB of the task", work => work.HasWorkers * work.Rounds * work.TaskBytes / Million),
        new("load.rating", Part.Load, Place.Worker, "ms for a million ratings", work => work.LoadingRounds * work.LargestRatings / Million),
        new("compute.batch-gradient.rating", Part.Compute, Place.Worker, "ms for a million ratings", OnlyOf(AlgorithmName.BatchGradient, _ => 1)),
        new("compute.batch-gradient.factor", Part.Compute, Place.Worker, "ms for a million ratings and a factor",
            OnlyOf(AlgorithmName.BatchGradient, work => work.Factors)),
        new("compute.als.rating", Part.Compute, Place.Worker, "ms for a million ratings", OnlyOf(AlgorithmName.Als, _ => 1)),
        new("compute.als.square", Part.Compute, Place.Worker, "ms for a million ratings and 100 pairs of factors", OnlyOf(AlgorithmName.Als, Pairs)),
        new("compute.bayesian.rating", Part.Compute, Place.Worker, "ms for a million ratings", OnlyOf(AlgorithmName.Bayesian, _ => 1)),
        new("compute.bayesian.square", Part.Compute, Place.Worker, "ms for a million ratings and 100 pairs of factors",
            OnlyOf(AlgorithmName.Bayesian, Pairs)),
        new("compute.solve", Part.Compute, Place.Worker, "ms for 1,000 users and 1,000 triples of factors",
            work => work.Rounds * work.LargestUsers / Thousand * Triples(work)),
        new("write.shard", Part.Write, Place.Worker, "ms a shard", work => work.HasWorkers * work.Rounds * work.LargestShards),
        new("write.byte", Part.Write, Place.Worker, "ms for 1 MB of statistics", work => work.HasWorkers * work.Rounds * work.LargestStatistics / Million),
        new("wait.start", Part.Wait, Place.Coordinator, "ms to start workers", work => work.HasWorkers),
        new("wait.round", Part.Wait, Place.Coordinator, "ms a round", work => work.HasWorkers * work.Rounds),
        new("wait.worker", Part.Wait, Place.Coordinator, "ms a worker", work => work.Workers * work.Rounds),
        new("wait.task", Part.Wait, Place.Coordinator, "ms for 1 MB of the task", work => work.HasWorkers * work.Rounds * work.TaskBytes / Million),
        new("wait.request", Part.Wait, Place.Store, "ms a request, whatever the processor", work => work.RequestsInARow,
            work => work.WorkerRequestsInARow),
        new("wait.transfer", Part.Wait, Place.Store, "ms for 1 MB, whatever the processor", work => work.BytesInARow / Million,
            work => work.WorkerBytesInARow / Million),
        new("reduce.shard", Part.Reduce, Place.Coordinator, "ms a shard", work => work.HasWorkers * work.Rounds * work.Shards),
        new("reduce.read", Part.Reduce, Place.Coordinator, "ms for 1 MB of statistics read", work => work.HasWorkers * work.Rounds * work.Statistics / Million),
        new("reduce.add", Part.Reduce, Place.Coordinator, "ms for 1 MB of statistics added", work => work.Rounds * work.Statistics / Million),
        new("step.round", Part.Step, Place.Coordinator, "ms a round", work => work.Rounds),
        new("step.byte", Part.Step, Place.Coordinator, "ms for 1 MB of parameters", work => work.Rounds * work.ModelBytes / Million),
        new("step.solve", Part.Step, Place.Coordinator, "ms for 1,000 items and 1,000 triples of factors",
            work => work.Rounds * work.Items / Thousand * Triples(work)),
    ];

    /// <summary>Milliseconds of a run.</summary>
    /// <param name="coefficients">In the order of <see cref="All"/>.</param>
    /// <param name="work">What the run has to do.</param>
    /// <param name="setting">What it is given.</param>
    public static double Milliseconds(double[] coefficients, Work work, Setting setting) =>
        All.Select((term, i) => coefficients[i] * term.Weight(work, setting)).Sum();

    /// <summary>Index of a term by its name; -1 when there is none.</summary>
    public static int IndexOf(string name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name) return i;
        }

        return -1;
    }

    private static Func<Work, double> OnlyOf(string algorithm, Func<Work, double> each) =>
        work => work.Algorithm == algorithm ? work.Rounds * work.LargestRatings / Million * each(work) : 0;

    // Entries of the triangle that a rating adds to, its bias among the factors.
    private static double Pairs(Work work) => (work.Factors + 1) * (work.Factors + 2) / 2.0 / 100;

    // A Cholesky factorization goes with the cube; the sixth of it that it really needs is in the coefficient.
    private static double Triples(Work work) => work.Algorithm == AlgorithmName.BatchGradient ? 0 : Math.Pow(work.Factors + 1, 3) / Thousand;
}
