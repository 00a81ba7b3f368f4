using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;
using AotRecTrainer.Columnar.Parquet.Reading;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>
/// Reads the flat columns of Parquet files in every encoding and compression that is in common use. Files are not trusted: whatever is
/// wrong with one is a <see cref="ParquetFormatException"/> that names the column and what was found. Unsigned integers are read as the
/// next wider signed type, those of 64 bits as <see cref="ArrowTypeId.Int64"/>.
/// </summary>
/// <remarks>
/// One thread at a time; errors of the file itself pass through. Memory is bounded, whatever the file says: see
/// <see cref="ParquetReaderOptions.MemoryLimit"/>.
/// </remarks>
public sealed class ParquetReader : IDisposable
{
    // A batch's buffers are below 2 GiB; eight bytes is the widest value.
    private const int MostRows = (int.MaxValue / 8) - 64;
    private const long SmallestLimit = 64L << 20;

    private readonly IRandomAccessFile _file;
    private readonly ParquetReaderOptions _options;
    private readonly Stream? _stream;
    private readonly FileFooter _footer;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <param name="seekable">The file; it starts at position 0 of the stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="options">How; null means the defaults.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ParquetFormatException">The footer is damaged or has something that is not supported.</exception>
    public ParquetReader(Stream seekable, bool leaveOpen = false, ParquetReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(seekable);
        if (!seekable.CanSeek)
            throw new ArgumentException("The stream cannot seek.", nameof(seekable));
        _stream = leaveOpen ? null : seekable;
        try
        {
            _options = options ?? new ParquetReaderOptions();
            _file = new StreamFile(seekable);
            _footer = Complete(FooterFile.ReadAsync(_file, CancellationToken.None));
        }
        catch
        {
            Dispose();
            throw;
        }

        Schema = ReadableSchema(_footer);
    }

    private ParquetReader(IRandomAccessFile file, ParquetReaderOptions options, FileFooter footer)
    {
        _file = file;
        _options = options;
        _footer = footer;
        Schema = ReadableSchema(footer);
    }

    /// <summary>The columns that can be read; its metadata is that of the file.</summary>
    public Schema Schema { get; }

    /// <summary>The columns that cannot be read, and why.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _footer.Columns
        .Where(column => column.Problem is not null)
        .ToLookup(column => column.Name, column => column.Problem!, StringComparer.Ordinal)
        .ToDictionary(problems => problems.Key, problems => problems.First(), StringComparer.Ordinal);

    /// <summary>Rows of the file.</summary>
    public long RowCount => _footer.Rows;

    /// <summary>Row groups of the file.</summary>
    public int RowGroupCount => _footer.RowGroups.Count;

    /// <summary>The notes in the footer.</summary>
    public IReadOnlyDictionary<string, string> KeyValueMetadata => _footer.KeyValueMetadata;

    /// <summary>Opens a file that is read in ranges: first its end, later what is wanted of each row group.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="options">How; null means the defaults.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="ParquetFormatException">The footer is damaged or has something that is not supported.</exception>
    public static async Task<ParquetReader> OpenAsync(
        IRandomAccessFile file, ParquetReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        FileFooter footer = await FooterFile.ReadAsync(file, cancellationToken);
        return new ParquetReader(file, options ?? new ParquetReaderOptions(), footer);
    }

    /// <summary>Rows of one row group.</summary>
    public long RowGroupRows(int index) => Group(index).Rows;

    /// <summary>Reads a row group as one batch, which the caller disposes.</summary>
    /// <param name="index">Which; from 0.</param>
    /// <param name="columns">Names of the columns, in the order wanted; null means all.</param>
    /// <exception cref="ParquetFormatException">
    /// The row group is damaged, too large for one batch, or uses something not supported; or the file has no such column.
    /// </exception>
    public RecordBatch ReadRowGroup(int index, IReadOnlyList<string>? columns = null)
    {
        RowGroup group = Group(index);
        if (group.Rows > MostRows)
            throw new ParquetFormatException($"row group {index}: {group.Rows} rows are too many for one batch");
        Projection projection = Projection.Choose(_footer, Schema, columns);
        using RowGroupReader reader = Start(Complete(FetchAsync(index, projection, CancellationToken.None)), projection, NewMemory());
        return reader.Read((int)group.Rows);
    }

    /// <summary>Reads the file from the first row to the last. No batch has rows of two row groups; none is empty.</summary>
    /// <param name="columns">Names of the columns, in the order wanted; null means all.</param>
    /// <param name="maxRows">The most rows of a batch.</param>
    /// <returns>The batches; the caller disposes each. Errors are as for <see cref="ReadRowGroup"/>, and come as rows are read.</returns>
    public IEnumerable<RecordBatch> ReadBatches(IReadOnlyList<string>? columns = null, int maxRows = 65536)
    {
        CheckRows(maxRows);
        return Batches(Projection.Choose(_footer, Schema, columns), maxRows);
    }

    /// <summary>As <see cref="ReadBatches"/>; the next row group is fetched while the batches of one are used.</summary>
    /// <param name="columns">Names of the columns, in the order wanted; null means all.</param>
    /// <param name="maxRows">The most rows of a batch.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public IAsyncEnumerable<RecordBatch> ReadBatchesAsync(
        IReadOnlyList<string>? columns = null, int maxRows = 65536, CancellationToken cancellationToken = default)
    {
        CheckRows(maxRows);
        Projection projection = Projection.Choose(_footer, Schema, columns);
        RowGroupPrefetch prefetch = new((index, cancellation) => FetchAsync(index, projection, cancellation), NonEmptyGroups());
        return prefetch.ReadAsync(bytes => Start(bytes, projection, NewMemory()), maxRows, cancellationToken);
    }

    /// <summary>Closes the stream, unless it is to be left open.</summary>
    public void Dispose() => _stream?.Dispose();

    private static Schema ReadableSchema(FileFooter footer) =>
        new([.. footer.Columns.Where(column => column.Field is not null).Select(column => column.Field!)], footer.KeyValueMetadata);

    private static void CheckRows(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRows, MostRows);
    }

    // Of a stream every read is complete when it returns; of other files the caller waits.
    private static T Complete<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private IEnumerable<RecordBatch> Batches(Projection projection, int maxRows)
    {
        foreach (int index in NonEmptyGroups())
        {
            RowGroupBytes bytes = Complete(FetchAsync(index, projection, CancellationToken.None));
            using RowGroupReader reader = Start(bytes, projection, NewMemory());
            for (long left = bytes.Group.Rows; left > 0; left -= Math.Min(left, maxRows))
                yield return reader.Read((int)Math.Min(left, maxRows));
        }
    }

    private IEnumerable<int> NonEmptyGroups() => Enumerable.Range(0, RowGroupCount).Where(index => _footer.RowGroups[index].Rows > 0);

    private ValueTask<RowGroupBytes> FetchAsync(int index, Projection projection, CancellationToken cancellation) =>
        RowGroupBytes.ReadAsync(_file, index, _footer.RowGroups[index], projection, _options.Allocator, cancellation);

    private RowGroupReader Start(RowGroupBytes bytes, Projection projection, ReaderMemory memory)
    {
        using (bytes)
            return new RowGroupReader(bytes, projection, memory, _options.CheckSums);
    }

    private ReaderMemory NewMemory() =>
        new(_options.Allocator, _options.MemoryLimit ?? SmallestLimit + (2 * Math.Min(_file.Length, long.MaxValue / 4)));

    private RowGroup Group(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, RowGroupCount);
        return _footer.RowGroups[index];
    }
}
