using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Reading;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset;

/// <summary>Reads a data set and holds every file against the manifest: length, SHA-256, schema, row count, ranges and order.</summary>
/// <remarks>Safe to use from several threads at once, as the store is.</remarks>
public sealed class DatasetReader
{
    private const int ManifestBytesMax = 64 << 20;
    private readonly DatasetFiles _files;
    private readonly Schema _ratingSchema;

    private DatasetReader(DatasetFiles files, DatasetManifest manifest, string manifestSha256)
    {
        _files = files;
        ManifestSha256 = manifestSha256;
        Manifest = manifest;
        _ratingSchema = DatasetSchemas.Ratings(manifest.RatingColumns.Length == 4);
    }

    /// <summary>The manifest; its numbers agree with each other.</summary>
    public DatasetManifest Manifest { get; }

    /// <summary>SHA-256 of <c>manifest.json</c> in lower-case hex: as the manifest carries those of all files, the same for the same data.</summary>
    public string ManifestSha256 { get; }

    /// <summary>Reads the manifest of a data set.</summary>
    /// <param name="store">Where the data set is; stays the caller's and must outlive the reader.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="DatasetException">There is no manifest, or it is damaged.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static Task<DatasetReader> OpenAsync(IObjectStore store, CancellationToken cancellationToken = default) =>
        OpenAsync(store, DatasetFiles.WholeBytesMax, cancellationToken);

    /// <summary>As the other, with a limit of a test's own.</summary>
    internal static async Task<DatasetReader> OpenAsync(IObjectStore store, long wholeBytesMax, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        byte[]? json = await store.GetRangeAsync(DatasetKeys.Manifest, 0, ManifestBytesMax + 1, cancellationToken);
        if (json is null)
        {
            throw new DatasetException($"{store.Location} has no {DatasetKeys.Manifest}: not a data set, or one that was not finished");
        }

        return json.Length <= ManifestBytesMax
            ? new DatasetReader(
                new DatasetFiles(store, wholeBytesMax), DatasetManifest.Parse(json), Convert.ToHexStringLower(SHA256.HashData(json)))
            : throw new DatasetException($"{DatasetKeys.Manifest} is longer than {ManifestBytesMax} bytes");
    }

    /// <summary>Streams the ratings of one shard file. A large one is read range by range, the next row group while one is used.</summary>
    /// <param name="file">The train or test file of a shard of <see cref="Manifest"/>.</param>
    /// <param name="columns">Names of the columns wanted, in order; null for all. Ranges are checked in the columns that are read, the
    /// order of rows when user and item are both among them.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Record batches, which the caller disposes; none for a file without rows.</returns>
    /// <exception cref="ArgumentException">The file is not one of the manifest's, or a column is not in it.</exception>
    /// <exception cref="DatasetException">The file is missing or not what the manifest says; may come after some batches.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public IAsyncEnumerable<RecordBatch> ReadShardAsync(
        FileEntry file, IReadOnlyList<string>? columns = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ShardEntry shard = Array.Find(Manifest.Shards, entry => entry.Train == file || entry.Test == file)
            ?? throw new ArgumentException($"'{file.Key}' is not a shard file of the manifest", nameof(file));
        foreach (string column in columns ?? [])
        {
            if (_ratingSchema.IndexOf(column) < 0)
            {
                throw new ArgumentException(
                    $"column '{column}' is not in the data set, expected one of {string.Join(", ", Manifest.RatingColumns)}", nameof(columns));
            }
        }

        return ReadRatingsAsync(file, new ShardCheck(Manifest, shard, file), columns, cancellationToken);
    }

    /// <summary>Reads the user table.</summary>
    /// <exception cref="DatasetException">The file is missing or not what the manifest says.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public Task<EntityTable> ReadUsersAsync(CancellationToken cancellationToken = default) =>
        ReadTableAsync(Manifest.UsersFile, [DatasetSchemas.Users(textIds: false), DatasetSchemas.Users(textIds: true)], cancellationToken);

    /// <summary>Reads the item table.</summary>
    /// <exception cref="DatasetException">The file is missing or not what the manifest says.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public Task<EntityTable> ReadItemsAsync(CancellationToken cancellationToken = default) =>
        ReadTableAsync(Manifest.ItemsFile, [DatasetSchemas.Items(textIds: false), DatasetSchemas.Items(textIds: true)], cancellationToken);

    private async IAsyncEnumerable<RecordBatch> ReadRatingsAsync(
        FileEntry file, ShardCheck check, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (RecordBatch batch in _files.ReadAsync(file, _ratingSchema, columns, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (check.FirstProblem(batch) is { } problem)
            {
                batch.Dispose();
                throw new DatasetException($"{file.Key}: {problem}");
            }

            yield return batch;
        }

        check.ThrowUnlessComplete();
    }

    private async Task<EntityTable> ReadTableAsync(FileEntry file, Schema[] schemas, CancellationToken cancellationToken)
    {
        using ParquetReader reader = await _files.OpenWholeAsync(file, schemas, cancellationToken);
        var table = new EntityTableBuilder(file, reader.Schema, Manifest.TrainRatings);
        foreach (RecordBatch batch in DatasetFiles.Batches(file, reader, columns: null))
        {
            using (batch)
            {
                table.Add(batch);
            }
        }

        return table.Build();
    }
}
