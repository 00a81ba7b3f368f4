using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The bytes of chosen columns of a row group as they are in the file.</summary>
internal sealed class RowGroupBytes : IDisposable
{
    // Asking again costs more than reading as many bytes that nobody wants.
    private const long GapMax = 1 << 16;

    private readonly NativeBuffer?[] _chunks;

    private RowGroupBytes(int index, RowGroup group, int columns)
    {
        Index = index;
        Group = group;
        _chunks = new NativeBuffer?[columns];
    }

    public int Index { get; }

    public RowGroup Group { get; }

    /// <summary>Reads them. Columns that lie side by side are read in one go.</summary>
    public static async ValueTask<RowGroupBytes> ReadAsync(
        IRandomAccessFile file, int index, RowGroup group, Projection projection, BufferAllocator allocator, CancellationToken cancellation)
    {
        RowGroupBytes bytes = new(index, group, projection.Columns.Count);
        try
        {
            int[] order = [.. Enumerable.Range(0, projection.Columns.Count)];
            ColumnChunk[] chunks = [.. projection.Columns.Select(column => group.Columns[column.Index])];
            Array.Sort([.. chunks.Select(chunk => chunk.Start)], order);
            for (int first = 0; first < order.Length;)
            {
                long start = chunks[order[first]].Start;
                long end = start;
                int next = first;
                for (; next < order.Length && Joins(chunks[order[next]], start, end); next++)
                    end = Math.Max(end, chunks[order[next]].Start + chunks[order[next]].CompressedBytes);
                if (next == first)
                    throw new ParquetFormatException($"row group {index}, column {chunks[order[first]].Name}: more than 2 GiB in one chunk");
                using NativeBuffer range = NativeBuffer.Uninitialized((int)(end - start) + PageReader.Slack, allocator);
                using NativeMemoryManager memory = new(range);
                if (end > start)
                    await file.ReadAsync(start, memory.Memory[..(int)(end - start)], cancellation);
                for (; first < next; first++)
                {
                    ColumnChunk chunk = chunks[order[first]];
                    bytes._chunks[order[first]] = range.View((int)(chunk.Start - start), (int)chunk.CompressedBytes + PageReader.Slack);
                }
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Hands a column's bytes over, with <see cref="PageReader.Slack"/> more behind them.</summary>
    public NativeBuffer Take(int column)
    {
        NativeBuffer chunk = _chunks[column]!;
        _chunks[column] = null;
        return chunk;
    }

    public void Dispose()
    {
        foreach (NativeBuffer? chunk in _chunks)
            chunk?.Dispose();
    }

    private static bool Joins(ColumnChunk chunk, long start, long end) =>
        chunk.Start - end <= GapMax && chunk.Start + chunk.CompressedBytes - start <= NativeBuffer.LongestLength - PageReader.Slack;
}
