using System.Collections.Concurrent;
using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Worker;

/// <summary>
/// The worker: reads a round's parameters, computes the statistics of its shards and stores them. Keeps open stores and decoded
/// shards from one invocation to the next; one invocation at a time.
/// </summary>
/// <param name="computer">Computes shards; stays the caller's.</param>
/// <param name="host">The process.</param>
public sealed class WorkerRole(ShardComputer computer, TrainingHost host) : IDisposable
{
    // A round is not given up sooner than this; whoever is quicker need not ask whether it is over.
    private static readonly TimeSpan LateMin = TimeSpan.FromSeconds(1);

    private readonly ContentPool _contents = new();
    private ModelParameters? _parameters;
    private ShardCache? _shards;
    private string? _dataset;
    private IObjectStore? _output;
    private string? _outputLocation;
    private bool _warm;
    private RequestCounts _before;

    /// <summary>Handles one invocation.</summary>
    /// <exception cref="TrainingInputException">The event cannot be carried out, now or at another try.</exception>
    public async Task<WorkerResult> RunAsync(WorkerEvent asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        long started = host.Time.GetTimestamp();
        if (asked.Shards.Length == 0) throw new TrainingInputException("shards is empty, expected indices of shards");
        if (!TrainingInput.IsRunName(asked.Run)) throw new TrainingInputException($"run is \"{asked.Run}\", which is not a run's name");
        IObjectStore output = OpenOutput(asked.Output);
        try
        {
            return await RunAsync(asked, output, started, cancellationToken);
        }
        catch (Exception problem) when (asked.ReportFailure && problem is not OperationCanceledException)
        {
            await ReportAsync(asked, output, problem, cancellationToken);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shards?.Dispose();
        _output?.Dispose();
    }

    private async Task<WorkerResult> RunAsync(WorkerEvent asked, IObjectStore output, long started, CancellationToken cancellationToken)
    {
        RoundKeys keys = KeysOf(asked);
        StatisticsCompression compression = CompressionName.Parse(asked.Compression);
        ShardCache shards = await OpenDatasetAsync(asked, cancellationToken);
        if (await ReadTaskAsync(asked, output, cancellationToken) is not { } task)
        {
            // A late delivery of a round that is over, most likely; if it is not, the coordinator will miss the shards.
            host.Log($"{asked.Parameters} is not in {output.Location}: nothing to do for shards {string.Join(',', asked.Shards)}");
            return Result(asked, [], ratings: 0, cold: !_warm, started);
        }

        CheckShape(task, shards.Reader.Manifest);
        bool cold = !_warm;
        long ratings = 0;
        WorkMeter meter = new(
            host.Time, started, cold, host.Time.GetElapsedTime(started).TotalMilliseconds, Math.Min(computer.Threads, asked.Shards.Length), () => RequestsSoFar(shards, output));
        StatisticsPool pool = computer.PoolOf(task.ShapeFor(shards.Reader.Manifest.Users));
        ConcurrentBag<Task> writes = [];
        try
        {
            await computer.RunAsync(task, shards, asked.Shards, (statistics, _) =>
            {
                Interlocked.Add(ref ratings, statistics.Errors.TrainRatings);
                MemoryStream content = _contents.Rent();
                StatisticsSerializer.Write(content, statistics, meter.Lap(asked).ToMetadata(), compression);
                string key = keys.Statistics(statistics.Shard);
                pool.Return(statistics);

                // The next shard does not wait for the store.
                writes.Add(StoreAsync(output, key, content, cancellationToken));
                return ValueTask.CompletedTask;
            }, meter, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(writes);
        }

        if (host.Time.GetElapsedTime(started) > LateMin) await WithdrawIfLateAsync(asked, output, cancellationToken);
        _warm = true;
        _before = default;
        _before = RequestsSoFar(shards, output);
        return Result(asked, asked.Shards, ratings, cold, started);
    }

    private async Task<RoundTask?> ReadTaskAsync(WorkerEvent asked, IObjectStore output, CancellationToken cancellationToken)
    {
        MemoryStream content = _contents.Rent();
        if (!await output.CopyToAsync(asked.Parameters, content, cancellationToken)) return null;
        content.Position = 0;

        // The arrays are those of the task before, which nobody needs any more; after an error nobody knows what is in them.
        ModelParameters? worn = _parameters;
        _parameters = null;
        RoundTask task = RoundTaskSerializer.Read(content, asked.Parameters, worn);
        _parameters = task.Parameters;
        _contents.Return(content);
        return task;
    }

    private async Task StoreAsync(IObjectStore output, string key, MemoryStream content, CancellationToken cancellationToken)
    {
        await output.PutAsync(key, ContentPool.Written(content), cancellationToken);
        _contents.Return(content);
    }

    /// <summary>Leaves word of a failure, so that the coordinator need not run out of patience.</summary>
    private async Task ReportAsync(WorkerEvent asked, IObjectStore output, Exception problem, CancellationToken cancellationToken)
    {
        try
        {
            byte[] failure = JsonSerializer.SerializeToUtf8Bytes(FunctionFailure.Of(problem), FailureJson.Default.FunctionFailure);
            await output.PutAsync(KeysOf(asked).Failure(asked.Shards[0], asked.Attempt), failure, cancellationToken);
        }
        catch (StorageException second)
        {
            host.Log($"the failure could not be reported: {second.Message}");
        }
    }

    /// <summary>Takes back statistics that came after the end of their round; nobody else knows of them.</summary>
    private static async Task WithdrawIfLateAsync(WorkerEvent asked, IObjectStore output, CancellationToken cancellationToken)
    {
        if (await output.GetLengthAsync(asked.Parameters, cancellationToken) is not null) return;
        foreach (int shard in asked.Shards) await output.DeleteAsync(KeysOf(asked).Statistics(shard), cancellationToken);
    }

    private WorkerResult Result(WorkerEvent asked, int[] shards, long ratings, bool cold, long started) => new()
    {
        Run = asked.Run,
        Round = asked.Round,
        Shards = shards,
        Ratings = ratings,
        Milliseconds = host.Time.GetElapsedTime(started).TotalMilliseconds,
        ColdStart = cold,
        ProcessId = Environment.ProcessId,
        Kernel = computer.KernelName,
    };

    private RequestCounts RequestsSoFar(ShardCache shards, IObjectStore output)
    {
        RequestCounts data = shards.Requests;
        RequestCounts run = output.Requests;
        return new RequestCounts(
            data.Put + run.Put - _before.Put, data.Get + run.Get - _before.Get, data.List + run.List - _before.List, data.Delete + run.Delete - _before.Delete);
    }

    private static RoundKeys KeysOf(WorkerEvent asked) => new(asked.Run, asked.Token, asked.Round);

    private static void CheckShape(RoundTask task, DatasetManifest manifest)
    {
        ModelShape shape = task.Parameters.Shape;
        int users = task is EquationTask ? 0 : manifest.Users;
        if (shape.Users != users || shape.Items != manifest.Items)
        {
            throw new TrainingInputException(
                $"the parameters are for {shape.Users} users and {shape.Items} items, expected {users} and {manifest.Items}");
        }
    }

    private async Task<ShardCache> OpenDatasetAsync(WorkerEvent asked, CancellationToken cancellationToken)
    {
        // Not by its location alone: another data set may have been written there since.
        if (_shards is { } cached && _dataset == asked.Dataset && cached.Reader.ManifestSha256 == asked.Manifest) return cached;
        _shards?.Dispose();
        _shards = null;
        ShardCache opened = await ShardCache.OpenAsync(host, asked.Dataset, cancellationToken);
        (_shards, _dataset) = (opened, asked.Dataset);
        if (opened.Reader.ManifestSha256 == asked.Manifest) return opened;
        throw new TrainingInputException(
            $"the data set at {asked.Dataset} has changed since the run began: its manifest has SHA-256 {opened.Reader.ManifestSha256}, expected {asked.Manifest}");
    }

    private IObjectStore OpenOutput(string location)
    {
        if (_output is not null && _outputLocation == location) return _output;
        _output?.Dispose();
        _output = host.Open("output", location);
        _outputLocation = location;
        return _output;
    }
}
