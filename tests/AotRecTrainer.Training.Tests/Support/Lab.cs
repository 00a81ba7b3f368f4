using System.Text;
using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>A data set, a place for runs, a coordinator and workers: all in memory, on a clock of their own.</summary>
internal sealed class Lab : IDisposable
{
    public const string Dataset = "mem://data/set";
    public const string Output = "mem://runs";
    public const int Memory = 512;

    private readonly ShardComputer _computer;
    private int _invocations;

    public Lab(int users = 40, int items = 18, int shards = 6, int threads = 1, int firstUser = 0)
    {
        Objects = new MemoryObjects();
        LittleData.Write(Objects, Dataset, users, items, shards, firstUser);
        Random jitter = new(Seed: 1);
        Host = new TrainingHost
        {
            OpenStore = Objects.Open,
            Time = Time,
            Log = Note,
            Background = static work => work(),
            Random = jitter.NextDouble,
        };
        Functions = new MemoryFunctions(Host);
        _computer = new ShardComputer(ShardAlgorithms.Best, threads);
    }

    public VirtualTime Time { get; } = new();

    public MemoryObjects Objects { get; }

    public TrainingHost Host { get; }

    public MemoryFunctions Functions { get; }

    /// <summary>The operator's notes.</summary>
    public List<string> Log { get; } = [];

    /// <summary>A quick training with two workers.</summary>
    public static CoordinatorEvent Event(string run = "a-run") =>
        new() { Run = run, Dataset = Dataset, Output = Output, Workers = 2, Epochs = 4, Factors = 3, CheckpointEvery = 0 };

    public CoordinatorResult Train(CoordinatorEvent asked, CancellationToken cancellationToken = default) =>
        Time.Run(() => TrainAsync(asked, Invocation(), cancellationToken));

    public Task<CoordinatorResult> TrainAsync(CoordinatorEvent asked, InvocationInfo invocation, CancellationToken cancellationToken = default) =>
        new CoordinatorRole(_computer, () => Functions, "trainer", Memory, Host).RunAsync(asked, invocation, cancellationToken);

    /// <summary>An invocation of its own.</summary>
    public InvocationInfo Invocation(TimeSpan? limit = null) =>
        new($"invocation-{++_invocations}", limit is { } time ? Time.GetUtcNow() + time : null);

    /// <summary>Goes on with a run, as somebody asks for who wants it to go on.</summary>
    public CoordinatorResult Resume(string run = "a-run") => Train(new CoordinatorEvent { Run = run, Output = Output, Resume = true });

    /// <summary>Trains until the machine goes down at a certain store operation, and with it everything that the run is.</summary>
    /// <returns>False when training was over before.</returns>
    public bool TrainUntil(CoordinatorEvent asked, Func<StoreCall, bool> isDown)
    {
        bool down = false;
        Objects.Before = (call, _) =>
        {
            down |= isDown(call);
            return down ? throw new PowerOutException() : ValueTask.CompletedTask;
        };
        try
        {
            Train(asked);
        }
        catch (PowerOutException)
        {
            // Nobody is left who could say anything.
        }
        finally
        {
            Objects.Before = null;
        }

        return down;
    }

    public LeaseRecord Lease(string run = "a-run") => JsonSerializer.Deserialize(Objects[$"{Output}/{run}/lease.json"], TrainingJson.Default.LeaseRecord)!;

    /// <summary>Trains alone, without trouble: what every other way has to come to.</summary>
    public static CoordinatorResult TrainAlone(CoordinatorEvent asked)
    {
        using Lab lab = new();
        return lab.Train(asked with { Workers = 0 });
    }

    public bool Exists(string key) => Objects[$"{Output}/{key}"] is not null;

    /// <summary>The keys of a run, below its folder.</summary>
    public string[] KeysOf(string run) =>
        [.. Objects.Keys.Where(key => key.StartsWith($"{Output}/{run}/", StringComparison.Ordinal)).Select(key => key[$"{Output}/{run}/".Length..])];

    public RunStatus Status(string run = "a-run") => JsonSerializer.Deserialize(Objects[$"{Output}/{run}/status.json"], TrainingJson.Default.RunStatus)!;

    public ModelDescription Model(string run = "a-run") =>
        JsonSerializer.Deserialize(Objects[$"{Output}/{run}/model/model.json"], TrainingJson.Default.ModelDescription)!;

    public EpochMetrics[] Metrics(string run = "a-run") =>
    [
        .. Encoding.UTF8.GetString(Objects[$"{Output}/{run}/metrics.jsonl"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, TrainingJson.Default.EpochMetrics)!),
    ];

    public void Dispose()
    {
        Functions.Dispose();
        _computer.Dispose();
    }

    private void Note(string line)
    {
        lock (Log) Log.Add(line);
    }
}
