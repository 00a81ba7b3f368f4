using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Dataset;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Tests.Plan;

/// <summary>Data sets without data, and runs whose times are made up from known coefficients.</summary>
internal static class Planted
{
    public static DatasetManifest Manifest(int users = 600, int items = 200, int shards = 12, int ratingsPerShard = 5_000) => new()
    {
        Users = users,
        Items = items,
        Ratings = (long)shards * ratingsPerShard,
        TrainRatings = (long)shards * ratingsPerShard * 9 / 10,
        TestRatings = (long)shards * ratingsPerShard / 10,
        Shards =
        [
            .. Enumerable.Range(0, shards).Select(index => new ShardEntry
            {
                Index = index,
                UserFirst = users / shards * index,
                UserCount = users / shards,
                Train = new FileEntry { Rows = (ratingsPerShard * 9 / 10) + index, Bytes = ratingsPerShard * 5L },
                Test = new FileEntry { Rows = ratingsPerShard / 10, Bytes = ratingsPerShard },
            }),
        ],
    };

    public static Workload Workload(DatasetManifest? manifest = null, string algorithm = "als", int factors = 8, int epochs = 10, int checkpointEvery = 0)
    {
        CoordinatorEvent asked = new() { Dataset = "/d", Output = "/o", Algorithm = algorithm, Factors = factors, Epochs = epochs };
        return new Workload(manifest ?? Manifest(), TrainingPlan.From(asked, DateTimeOffset.UnixEpoch).Settings, checkpointEvery);
    }

    public static Work Work(int workers, DatasetManifest? manifest = null, string algorithm = "als", int factors = 8, int epochs = 10) =>
        new(Workload(manifest, algorithm, factors, epochs), workers);

    /// <summary>Coefficients that are all of some weight, no two alike.</summary>
    public static double[] Coefficients() => [.. CostTerms.All.Select((_, i) => 1 + (i * 0.37))];

    /// <summary>A run as the coefficients have it.</summary>
    /// <param name="coefficients">The truth.</param>
    /// <param name="work">What the run had to do.</param>
    /// <param name="setting">What it was given.</param>
    /// <param name="stretch">What the times are multiplied by, for noise.</param>
    public static Observation Run(double[] coefficients, Work work, Setting setting, double stretch = 1)
    {
        Dictionary<Part, double> parts = [];
        for (int i = 0; i < coefficients.Length; i++)
        {
            CostTerm term = CostTerms.All[i];
            parts[term.Part] = parts.GetValueOrDefault(term.Part) + (coefficients[i] * term.Weight(work, setting) * stretch);
        }

        return new Observation(work, setting, parts.Values.Sum(), parts);
    }

    /// <summary>Runs of every kind, enough to tell all terms apart.</summary>
    public static IEnumerable<(Work Work, Setting Setting)> Grid()
    {
        DatasetManifest[] sets =
        [
            Manifest(), Manifest(users: 2400, items: 900, ratingsPerShard: 20_000), Manifest(users: 1200, items: 3000, shards: 9, ratingsPerShard: 9_000),
            Manifest(users: 6000, items: 500, shards: 20, ratingsPerShard: 4_000),
        ];
        int number = 0;
        foreach (DatasetManifest set in sets)
        {
            foreach (string algorithm in (string[])["batch-gradient", "als", "bayesian"])
            {
                foreach (int factors in (int[])[4, 12, 32])
                {
                    foreach (int workers in (int[])[0, 1, 2, 5])
                    {
                        int memory = (number++ % 4) switch { 0 => 885, 1 => 1769, 2 => 3538, _ => 1024 };
                        yield return (Work(workers, set, algorithm, factors, epochs: 4 + (number % 5)), new Setting(workers, memory));
                    }
                }
            }
        }
    }
}
