using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Reading;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset;

/// <summary>
/// Reads all of a data set and holds it against itself: what <see cref="DatasetReader"/> checks, and beyond that what takes all of the
/// rows: that each pair is in train or in test as the split has it, and that counts, mean and scale are those of the rows.
/// </summary>
public static class DatasetVerifier
{
    /// <summary>Verifies.</summary>
    /// <param name="store">Where the data set is.</param>
    /// <param name="progress">Told the share of the files that were read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The manifest, of which everything is true.</returns>
    /// <exception cref="DatasetException">Something is not; the message names the first.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<DatasetManifest> VerifyAsync(
        IObjectStore store, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        DatasetReader reader = await DatasetReader.OpenAsync(store, cancellationToken);
        DatasetManifest manifest = reader.Manifest;
        EntityTable users = await reader.ReadUsersAsync(cancellationToken), items = await reader.ReadItemsAsync(cancellationToken);
        var check = new RowCheck(manifest, users, items);
        foreach (ShardEntry shard in manifest.Shards)
        {
            ShardRows train = await ReadAsync(reader, shard.Train, cancellationToken);
            check.Add(shard, train, await ReadAsync(reader, shard.Test, cancellationToken));
            progress?.Report((shard.Index + 1.0) / manifest.Shards.Length);
        }

        check.ThrowUnlessAllAgrees();
        await ThrowOnLeftoversAsync(store, manifest, cancellationToken);
        return manifest;
    }

    private static async Task<ShardRows> ReadAsync(DatasetReader reader, FileEntry file, CancellationToken cancellationToken)
    {
        var rows = new ShardRows((int)file.Rows, reader.Manifest.RatingColumns.Length == 4);
        await foreach (RecordBatch batch in reader.ReadShardAsync(file, columns: null, cancellationToken))
        {
            using (batch)
            {
                rows.Add(batch);
            }
        }

        return rows;
    }

    private static async Task ThrowOnLeftoversAsync(IObjectStore store, DatasetManifest manifest, CancellationToken cancellationToken)
    {
        HashSet<string> known = manifest.Shards.SelectMany(shard => new[] { shard.Train.Key, shard.Test.Key }).ToHashSet(StringComparer.Ordinal);
        foreach (string prefix in new[] { DatasetKeys.TrainPrefix, DatasetKeys.TestPrefix })
        {
            await foreach (string key in store.ListAsync(prefix, cancellationToken))
            {
                if (!known.Contains(key))
                {
                    throw new DatasetException($"{key} is at {store.Location} and not in the manifest");
                }
            }
        }
    }
}
