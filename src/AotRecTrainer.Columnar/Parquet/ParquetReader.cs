using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>
/// Reads flat Parquet files: plain and dictionary encoding, Snappy or no compression. Files are not trusted: whatever is wrong with one
/// is a <see cref="ParquetFormatException"/>. Dates, times and timestamps are read as the integers they are stored as.
/// </summary>
/// <remarks>One thread at a time; errors of the stream itself pass through.</remarks>
public sealed class ParquetReader : IDisposable
{
    private const int TailBytes = 8;

    private readonly Stream _input;
    private readonly bool _leaveOpen;
    private readonly FileFooter _footer;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <param name="seekable">The file; it starts at position 0 of the stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ParquetFormatException">The footer is damaged or has something that is not supported.</exception>
    public ParquetReader(Stream seekable, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(seekable);
        if (!seekable.CanSeek)
            throw new ArgumentException("The stream cannot seek.", nameof(seekable));
        _input = seekable;
        _leaveOpen = leaveOpen;
        try
        {
            _footer = ReadFooter(seekable);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The columns; its metadata is that of the file.</summary>
    public Schema Schema => _footer.Schema;

    /// <summary>Rows of the file.</summary>
    public long RowCount => _footer.Rows;

    /// <summary>Row groups of the file.</summary>
    public int RowGroupCount => _footer.RowGroups.Count;

    /// <summary>The notes in the footer.</summary>
    public IReadOnlyDictionary<string, string> KeyValueMetadata => _footer.KeyValueMetadata;

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

        // A batch's buffers are below 2 GiB; eight bytes is the widest value.
        if (group.Rows > int.MaxValue / 8 - 64)
            throw new ParquetFormatException($"row group {index}: {group.Rows} rows are too many for one batch");
        Schema schema = Select(columns, out int[] positions);
        using RowGroupReader reader = new(_input, index, group, schema, positions);
        return reader.Read((int)group.Rows);
    }

    /// <summary>Reads the file from the first row to the last. No batch has rows of two row groups; none is empty.</summary>
    /// <param name="columns">Names of the columns, in the order wanted; null means all.</param>
    /// <param name="maxRows">The most rows of a batch.</param>
    /// <returns>The batches; the caller disposes each. Errors are as for <see cref="ReadRowGroup"/>, and come as rows are read.</returns>
    public IEnumerable<RecordBatch> ReadBatches(IReadOnlyList<string>? columns = null, int maxRows = 65536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRows, int.MaxValue / 8 - 64);
        Schema schema = Select(columns, out int[] positions);
        return Batches(schema, positions, maxRows);
    }

    /// <summary>Closes the file, unless it is to be left open.</summary>
    public void Dispose()
    {
        if (!_leaveOpen)
            _input.Dispose();
    }

    private static FileFooter ReadFooter(Stream input)
    {
        long length = input.Length;
        if (length < 4 + TailBytes)
            throw new ParquetFormatException($"file: {length} bytes, expected a Parquet file");
        byte[] tail = new byte[TailBytes];
        ReadAt(input, 0, tail.AsSpan(0, 4));
        bool begins = tail.AsSpan(0, 4).SequenceEqual("PAR1"u8);
        ReadAt(input, length - TailBytes, tail);
        if (tail.AsSpan(4).SequenceEqual("PARE"u8))
            throw new ParquetFormatException("file: encrypted files are not supported");
        if (!begins || !tail.AsSpan(4).SequenceEqual("PAR1"u8))
            throw new ParquetFormatException("file: no PAR1 at its start and end, expected a Parquet file");
        int size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (size < 0 || size > length - TailBytes - 4)
            throw new ParquetFormatException($"file: footer of {size} bytes, expected at most {length - TailBytes - 4}");
        byte[] footer = new byte[size];
        ReadAt(input, length - TailBytes - size, footer);
        return FooterReader.Read(footer, length - TailBytes - size);
    }

    private static void ReadAt(Stream input, long position, Span<byte> destination)
    {
        input.Seek(position, SeekOrigin.Begin);
        int read = input.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (read < destination.Length)
            throw new ParquetFormatException($"file: ends at byte {position + read}, expected {position + destination.Length}");
    }

    private IEnumerable<RecordBatch> Batches(Schema schema, int[] positions, int maxRows)
    {
        for (int i = 0; i < _footer.RowGroups.Count; i++)
        {
            long left = _footer.RowGroups[i].Rows;
            if (left == 0)
                continue;
            using RowGroupReader reader = new(_input, i, _footer.RowGroups[i], schema, positions);
            for (; left > 0; left -= Math.Min(left, maxRows))
                yield return reader.Read((int)Math.Min(left, maxRows));
        }
    }

    private RowGroup Group(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, RowGroupCount);
        return _footer.RowGroups[index];
    }

    private Schema Select(IReadOnlyList<string>? columns, out int[] positions)
    {
        if (columns is null)
        {
            positions = [.. Enumerable.Range(0, Schema.Fields.Count)];
            return Schema;
        }

        if (columns.Count == 0)
            throw new ArgumentException("No columns; expected at least one, or null for all.", nameof(columns));
        positions = [.. columns.Select(Schema.IndexOf)];
        int missing = Array.IndexOf(positions, -1);
        if (missing >= 0)
        {
            throw new ParquetFormatException(
                $"column {columns[missing]}: not in the file, which has {string.Join(", ", Schema.Fields.Select(f => f.Name))}");
        }

        return new Schema([.. positions.Select(i => Schema.Fields[i])], Schema.Metadata);
    }
}
