using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Worker;

/// <summary>
/// The decoded shards of one data set, kept between rounds while the process lives. It is a cache only: losing it costs time,
/// never a result.
/// </summary>
public sealed class ShardCache : IDisposable
{
    private static readonly string[] Columns = ["user", "item", "rating"];

    private readonly IObjectStore _store;
    private readonly CachedShard?[] _shards;

    private ShardCache(IObjectStore store, DatasetReader reader)
    {
        _store = store;
        Reader = reader;
        _shards = new CachedShard?[reader.Manifest.Shards.Length];
    }

    /// <summary>The data set.</summary>
    public DatasetReader Reader { get; }

    /// <summary>Requests made to the data set's store so far.</summary>
    public RequestCounts Requests => _store.Requests;

    /// <summary>Opens the data set at a location.</summary>
    public static async Task<ShardCache> OpenAsync(string location, CancellationToken cancellationToken)
    {
        IObjectStore store = TrainingInput.OpenStore("dataset", location);
        try
        {
            return new ShardCache(store, await DatasetReader.OpenAsync(store, cancellationToken));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <summary>The shard, decoded at its first use.</summary>
    internal async Task<CachedShard> GetAsync(int shard, CancellationToken cancellationToken)
    {
        DatasetManifest manifest = Reader.Manifest;
        if ((uint)shard >= (uint)manifest.Shards.Length)
            throw new TrainingInputException($"shard {shard} was asked for, the data set has {manifest.Shards.Length}");
        if (_shards[shard] is { } cached) return cached;
        ShardEntry entry = manifest.Shards[shard];
        CachedShard loaded = new(
            await LoadAsync(entry, entry.Train, cancellationToken), await LoadAsync(entry, entry.Test, cancellationToken));
        _shards[shard] = loaded;
        return loaded;
    }

    private async Task<ShardRatings> LoadAsync(ShardEntry entry, FileEntry file, CancellationToken cancellationToken)
    {
        try
        {
            ShardRatingsBuilder builder = new(entry.UserFirst, entry.UserCount, Reader.Manifest.Items, checked((int)file.Rows));
            await foreach (RecordBatch batch in Reader.ReadShardAsync(file, Columns, cancellationToken))
            {
                using (batch) builder.Add(batch);
            }

            return builder.Build();
        }
        catch (ModelException problem)
        {
            throw new DatasetException($"{file.Key}: {problem.Message}", problem);
        }
    }
}
