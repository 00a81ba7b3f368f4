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
    private readonly ShardData?[] _shards;

    private ShardCache(IObjectStore store, DatasetReader reader)
    {
        _store = store;
        Reader = reader;
        _shards = new ShardData?[reader.Manifest.Shards.Length];
    }

    /// <summary>The data set.</summary>
    public DatasetReader Reader { get; }

    /// <summary>Requests made to the data set's store so far.</summary>
    public RequestCounts Requests => _store.Requests;

    /// <summary>Opens the data set at a location.</summary>
    public static async Task<ShardCache> OpenAsync(TrainingHost host, string location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        IObjectStore store = host.Open("dataset", location);
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

    /// <summary>The shard, decoded at its first use. Different shards may be asked for at the same time.</summary>
    internal async Task<ShardData> GetAsync(int shard, CancellationToken cancellationToken)
    {
        if ((uint)shard >= (uint)_shards.Length)
            throw new TrainingInputException($"shard {shard} was asked for, the data set has {_shards.Length}");
        return _shards[shard] ??= await LoadAsync(shard, cancellationToken);
    }

    /// <summary>The shard, decoded and not kept.</summary>
    internal async Task<ShardData> LoadAsync(int shard, CancellationToken cancellationToken)
    {
        DatasetManifest manifest = Reader.Manifest;
        ShardEntry entry = manifest.Shards[shard];
        return new ShardData(
            await LoadAsync(entry, entry.Train, cancellationToken), await LoadAsync(entry, entry.Test, cancellationToken),
            manifest.RatingLow, manifest.RatingHigh);
    }

    /// <summary>The held-out ratings of all shards, one after the other in row order.</summary>
    internal async Task<float[]> ReadTestRatingsAsync(CancellationToken cancellationToken)
    {
        float[] ratings = new float[Reader.Manifest.TestRatings];
        int at = 0;
        foreach (ShardEntry shard in Reader.Manifest.Shards)
        {
            await foreach (RecordBatch batch in Reader.ReadShardAsync(shard.Test, ["rating"], cancellationToken))
            {
                using (batch)
                {
                    batch["rating"].Values<float>().CopyTo(ratings.AsSpan(at));
                    at += batch.Length;
                }
            }
        }

        return ratings;
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
