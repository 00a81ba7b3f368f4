using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>The Parquet files of a data set, held against the manifest.</summary>
/// <param name="store">Where they are.</param>
/// <param name="wholeBytesMax">Longer shards are read in ranges.</param>
internal sealed class DatasetFiles(IObjectStore store, long wholeBytesMax)
{
    /// <summary>
    /// Up to here one request for all of a shard is cheaper and quicker than a footer and its row groups, and the smallest function has the
    /// memory. Beyond, ranges keep a worker's memory to two row groups, and the first rows do not wait for the last.
    /// </summary>
    public const long WholeBytesMax = 32 << 20;

    // Beside the bytes of two row groups: pages, dictionaries and the batch that is being read.
    private const long ReaderBytesMax = 64 << 20;

    /// <summary>The batches of an open file.</summary>
    /// <exception cref="DatasetException">The file is damaged.</exception>
    public static IEnumerable<RecordBatch> Batches(FileEntry file, ParquetReader reader, IReadOnlyList<string>? columns)
    {
        using IEnumerator<RecordBatch> batches = reader.ReadBatches(columns).GetEnumerator();
        while (Guarded(file, () => batches.MoveNext() ? batches.Current : null) is { } batch)
        {
            yield return batch;
        }
    }

    /// <summary>Streams a shard.</summary>
    public IAsyncEnumerable<RecordBatch> ReadAsync(
        FileEntry file, Schema schema, IReadOnlyList<string>? columns, CancellationToken cancellationToken) =>
        file.Bytes <= wholeBytesMax ? ReadWholeAsync(file, schema, columns, cancellationToken) : ReadRangedAsync(file, schema, columns, cancellationToken);

    /// <summary>Fetches a whole file and opens it.</summary>
    /// <param name="file">Which.</param>
    /// <param name="schemas">The columns that it may have.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<ParquetReader> OpenWholeAsync(FileEntry file, Schema[] schemas, CancellationToken cancellationToken)
    {
        byte[] bytes = await GetVerifiedAsync(file, cancellationToken);
        return Checked(file, schemas, Guarded(file, () => new ParquetReader(new MemoryStream(bytes, writable: false))));
    }

    private async IAsyncEnumerable<RecordBatch> ReadWholeAsync(
        FileEntry file, Schema schema, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using ParquetReader reader = await OpenWholeAsync(file, [schema], cancellationToken);
        foreach (RecordBatch batch in Batches(file, reader, columns))
        {
            yield return batch;
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadRangedAsync(
        FileEntry file, Schema schema, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RangedFile ranged = new(store, file);
        ParquetReaderOptions options = new() { MemoryLimit = ReaderBytesMax };
        ParquetReader opened = await GuardedAsync(file, () => new ValueTask<ParquetReader>(ParquetReader.OpenAsync(ranged, options, cancellationToken)));
        using ParquetReader reader = Checked(file, [schema], opened);
        ranged.EndFooter();
        await using IAsyncEnumerator<RecordBatch> batches =
            reader.ReadBatchesAsync(columns, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardedAsync(file, async () => await batches.MoveNextAsync() ? batches.Current : null) is { } batch)
        {
            yield return batch;
        }

        await ranged.CompleteAsync(cancellationToken);
    }

    private async Task<byte[]> GetVerifiedAsync(FileEntry file, CancellationToken cancellationToken)
    {
        // One byte more than expected tells a longer object without reading it all.
        byte[] bytes = await store.GetRangeAsync(file.Key, 0, (int)file.Bytes + 1, cancellationToken)
            ?? throw new DatasetException($"{file.Key} is missing at {store.Location}");
        if (bytes.Length != file.Bytes)
        {
            string found = bytes.Length > file.Bytes ? $"more than {file.Bytes}" : $"{bytes.Length}";
            throw new DatasetException($"{file.Key}: {found} bytes, expected {file.Bytes}");
        }

        string sum = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(sum, file.Sha256, StringComparison.Ordinal)
            ? bytes
            : throw new DatasetException($"{file.Key}: SHA-256 is {sum}, expected {file.Sha256}");
    }

    private static ParquetReader Checked(FileEntry file, Schema[] schemas, ParquetReader reader)
    {
        string? problem = SchemaProblem(reader.Schema, schemas)
            ?? (reader.RowCount != file.Rows ? $"{reader.RowCount} rows, expected {file.Rows}" : null);
        if (problem is null)
        {
            return reader;
        }

        reader.Dispose();
        throw new DatasetException($"{file.Key}: {problem}");
    }

    private static string? SchemaProblem(Schema found, Schema[] allowed) =>
        Array.Exists(allowed, schema => Columns(found).SequenceEqual(Columns(schema)))
            ? null
            : $"columns are {Names(found)}, expected {string.Join(" or ", allowed.Select(Names))}";

    private static IEnumerable<(string, ArrowType)> Columns(Schema schema) => schema.Fields.Select(field => (field.Name, field.Type));

    private static string Names(Schema schema) => string.Join(", ", schema.Fields.Select(field => $"{field.Name} {field.Type.Id}"));

    private static T Guarded<T>(FileEntry file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ParquetFormatException error)
        {
            throw new DatasetException($"{file.Key}: {error.Message}", error);
        }
    }

    private static async ValueTask<T> GuardedAsync<T>(FileEntry file, Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ParquetFormatException error)
        {
            throw new DatasetException($"{file.Key}: {error.Message}", error);
        }
    }
}
