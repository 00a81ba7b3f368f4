using System.Collections.Concurrent;
using System.Security.Cryptography;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Writing;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset;

/// <summary>Turns parsed ratings into a data set: shards, id tables and, last of all, the manifest.</summary>
/// <remarks>
/// An existing manifest at the same place is deleted first, and what a failed or cancelled call has written is removed again, so a
/// manifest never stands beside files that it does not describe. The same ratings and options give the same bytes.
/// </remarks>
public sealed class DatasetWriter
{
    private readonly IObjectStore _store;
    private readonly DatasetWriterOptions _options;

    /// <summary>Prepares a writer.</summary>
    /// <param name="store">Where the data set goes; stays the caller's.</param>
    /// <param name="options">The layout.</param>
    /// <exception cref="ArgumentException">The options are out of range; the message has all problems.</exception>
    public DatasetWriter(IObjectStore store, DatasetWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _options = options ?? new DatasetWriterOptions();
        if (_options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }
    }

    /// <summary>Writes a data set.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="titles">Titles by original item id; null when unknown. Those of items without ratings are left out, and those of
    /// items whose ids are text.</param>
    /// <param name="progress">Told after every file; may be called from several threads at once.</param>
    /// <param name="cancellationToken">Stops the writing and removes what was written.</param>
    /// <returns>The manifest as it was written.</returns>
    /// <exception cref="RatingsFormatException">
    /// The split leaves nothing to train on or needs timestamps that are not there, or a shard is too large; nothing is left written.
    /// </exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<DatasetManifest> WriteAsync(
        RatingTable ratings, IReadOnlyDictionary<long, string>? titles = null, IProgress<WriteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var layout = new DatasetLayout(ratings, _options, cancellationToken);
        var written = new ConcurrentBag<string>();
        await _store.DeleteAsync(DatasetKeys.Manifest, cancellationToken);
        try
        {
            return await WriteFilesAsync(layout, titles, written, progress, cancellationToken);
        }
        catch
        {
            await RemoveAsync(written);
            throw;
        }
    }

    private async Task<DatasetManifest> WriteFilesAsync(
        DatasetLayout layout, IReadOnlyDictionary<long, string>? titles, ConcurrentBag<string> written,
        IProgress<WriteProgress>? progress, CancellationToken cancellationToken)
    {
        int shardCount = layout.Plan.ShardCount, total = (2 * shardCount) + 3, done = 0;
        var train = new FileEntry[shardCount];
        var test = new FileEntry[shardCount];
        using var encoders = new EncoderPool(layout);
        await Parallel.ForAsync(0, shardCount, cancellationToken, async (shard, token) =>
        {
            ShardEncoder encoder = encoders.Rent();
            (EncodedFile trainFile, EncodedFile testFile) = encoder.Encode(shard, token);
            train[shard] = await PutAsync(DatasetKeys.Train(shard), trainFile, token);
            test[shard] = await PutAsync(DatasetKeys.Test(shard), testFile, token);
            encoders.Return(encoder);
        });

        FileEntry users = await PutAsync(DatasetKeys.Users, TableEncoder.Users(layout), cancellationToken);
        FileEntry items = await PutAsync(DatasetKeys.Items, TableEncoder.Items(layout, titles), cancellationToken);
        await RemoveLeftoversAsync(shardCount, cancellationToken);
        DatasetManifest manifest = Describe(layout, train, test, users, items);
        await PutAsync(DatasetKeys.Manifest, new EncodedFile(manifest.ToJson(), Rows: 0), cancellationToken);
        return manifest;

        async ValueTask<FileEntry> PutAsync(string key, EncodedFile file, CancellationToken token)
        {
            if (file.Bytes.Length > FileEntry.BytesMax)
            {
                throw new RatingsFormatException($"{key} has {file.Bytes.Length} bytes, expected at most {FileEntry.BytesMax}; use more shards");
            }

            // Noted before the write: one that is cut off may have happened all the same.
            written.Add(key);
            await _store.PutAsync(key, file.Bytes, token);
            progress?.Report(new WriteProgress(Interlocked.Increment(ref done), total));
            return new FileEntry
            {
                Key = key,
                Rows = file.Rows,
                Bytes = file.Bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)),
            };
        }
    }

    private static DatasetManifest Describe(DatasetLayout layout, FileEntry[] train, FileEntry[] test, FileEntry users, FileEntry items)
    {
        int[] first = layout.Plan.ShardFirst;
        return new DatasetManifest
        {
            Users = layout.Table.UserIds.Count,
            Items = layout.Table.ItemIds.Count,
            Ratings = layout.Table.Count,
            TrainRatings = layout.Sums.Count,
            TestRatings = layout.Table.Count - layout.Sums.Count,
            GlobalMean = layout.Sums.Mean,
            RatingDeviation = layout.Sums.Deviation,
            RatingLow = layout.Sums.Low,
            RatingHigh = layout.Sums.High,
            Split = layout.Split,
            RatingColumns = [.. DatasetSchemas.Ratings(layout.Table.HasTimestamps).Fields.Select(field => field.Name)],
            Shards =
            [
                .. train.Select((file, shard) => new ShardEntry
                {
                    Index = shard,
                    UserFirst = first[shard],
                    UserCount = first[shard + 1] - first[shard],
                    Train = file,
                    Test = test[shard],
                }),
            ],
            UsersFile = users,
            ItemsFile = items,
        };
    }

    // A data set with more shards may have been here before.
    private async Task RemoveLeftoversAsync(int shardCount, CancellationToken cancellationToken)
    {
        foreach (string prefix in new[] { DatasetKeys.TrainPrefix, DatasetKeys.TestPrefix })
        {
            await foreach (string key in _store.ListAsync(prefix, cancellationToken))
            {
                if (DatasetKeys.ShardOf(key) >= shardCount)
                {
                    await _store.DeleteAsync(key, cancellationToken);
                }
            }
        }
    }

    private async Task RemoveAsync(IEnumerable<string> keys)
    {
        try
        {
            foreach (string key in keys.Prepend(DatasetKeys.Manifest))
            {
                await _store.DeleteAsync(key, CancellationToken.None);
            }
        }
        catch (StorageException)
        {
            // The first error is the one to tell; without its manifest the rest is no data set.
        }
    }
}
