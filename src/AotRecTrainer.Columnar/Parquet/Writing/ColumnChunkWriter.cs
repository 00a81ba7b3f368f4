using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>Writes one column of a row group after the other. Its buffers are used again for each.</summary>
internal sealed partial class ColumnChunkWriter(PageWriter pages, ParquetWriterOptions options, WriterBuffers buffers)
{
    // A dictionary beyond this size costs more to look up than it saves.
    private const int LargestDictionary = 1 << 20;

    /// <summary>Writes the rows from <paramref name="start"/> on.</summary>
    public ColumnChunk Write(Column column, int start, int rows)
    {
        return column.Field.Type.Id switch
        {
            ArrowTypeId.Int8 => WriteFixed(column, start, Widen(column.Values<sbyte>().Slice(start, rows)), buffers.Words),
            ArrowTypeId.Int16 => WriteFixed(column, start, Widen(column.Values<short>().Slice(start, rows)), buffers.Words),
            ArrowTypeId.Boolean => WriteTruths(column, start, rows),
            ArrowTypeId.Utf8 => WriteText(column, start, rows),
            _ when column.Field.Type.ByteWidth == sizeof(uint) => WriteFixed(column, start, Stored<uint>(column).Slice(start, rows), buffers.Words),
            _ => WriteFixed(column, start, Stored<ulong>(column).Slice(start, rows), buffers.LongWords),
        };
    }

    private static ReadOnlySpan<T> Stored<T>(Column column)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(column.ValueBytes);

    private static ReadOnlySpan<uint> Widen<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        uint[] wide = new uint[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = (uint)int.CreateTruncating(values[i]);
        return wide;
    }

    private ColumnChunk WriteFixed<T>(Column column, int start, ReadOnlySpan<T> values, FixedDictionary<T> dictionary)
        where T : unmanaged, IEquatable<T>
    {
        int rows = values.Length;
        int width = Unsafe.SizeOf<T>();
        ReadOnlySpan<T> present = column.NullCount == 0 ? values : Present(column, start, values);
        int[] indices = options.Dictionary ? buffers.Indices(present.Length) : [];
        bool indexed = options.Dictionary && !present.IsEmpty
            && dictionary.TryBuild(present, indices, Math.Min(present.Length, LargestDictionary / width))
            && Pays(dictionary.Values.Length, (long)dictionary.Values.Length * width, present.Length, (long)present.Length * width);
        long first = pages.BeginChunk();
        if (indexed)
        {
            pages.Body.Append(dictionary.Values);
            pages.WritePage(PageType.Dictionary, PageEncoding.Plain, dictionary.Values.Length);
        }

        long data = pages.Position;
        int used = 0;
        int pageRows = Math.Min(options.PageRows, Math.Max(1, options.PageBytes / width));
        for (int done = 0; done < rows; done += pageRows)
        {
            int count = Math.Min(pageRows, rows - done);
            int taken = AppendLevels(column, start + done, count);
            if (indexed)
                AppendIndices(indices.AsSpan(used, taken), dictionary.Values.Length);
            else
                pages.Body.Append(present.Slice(used, taken));
            pages.WritePage(PageType.Data, indexed ? PageEncoding.RleDictionary : PageEncoding.Plain, count);
            used += taken;
        }

        ChunkStatistics statistics = Extremes.OfFixed(column.Field.Type.Id, MemoryMarshal.AsBytes(present), rows - present.Length);
        return End(column.Field, rows, first, data, statistics);
    }

    private ColumnChunk WriteTruths(Column column, int start, int rows)
    {
        long first = pages.BeginChunk();
        for (int done = 0; done < rows; done += options.PageRows)
        {
            int count = Math.Min(options.PageRows, rows - done);
            int taken = AppendLevels(column, start + done, count);
            Span<byte> bits = pages.Body.Take(Bitmap.ByteCount(taken));
            bits.Clear();
            int next = 0;
            for (int i = start + done; i < start + done + count; i++)
            {
                if (column.IsNull(i))
                    continue;
                if (column.GetBoolean(i))
                    Bitmap.Set(bits, next);
                next++;
            }

            pages.WritePage(PageType.Data, PageEncoding.Plain, count);
        }

        return End(column.Field, rows, first, first, Extremes.OfTruths(column, start, rows));
    }

    // Whether a dictionary and the indices into it are smaller than the values one after the other.
    private static bool Pays(int entries, long dictionaryBytes, long values, long plainBytes) =>
        entries > 0 && dictionaryBytes + (values * RleEncoder.Width((uint)(entries - 1)) / 8) < plainBytes;

    private static T[] Present<T>(Column column, int start, ReadOnlySpan<T> values)
    {
        ReadOnlySpan<byte> validity = column.Validity;
        T[] present = new T[values.Length];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (Bitmap.Get(validity, start + i))
                present[count++] = values[i];
        }

        return present[..count];
    }

    /// <summary>Appends the definition levels where the column may lack values, and gives out how many rows have one.</summary>
    private int AppendLevels(Column column, int start, int count)
    {
        if (!column.Field.Nullable)
            return count;
        Span<int> levels = buffers.Levels(count).AsSpan(0, count);
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            levels[i] = column.IsNull(start + i) ? 0 : 1;
            present += levels[i];
        }

        int lengthAt = pages.Body.Length;
        pages.Body.Take(sizeof(int));
        RleEncoder.Encode(levels, 1, pages.Body);
        pages.Body.PatchInt32(lengthAt, pages.Body.Length - lengthAt - sizeof(int));
        return present;
    }

    private void AppendIndices(ReadOnlySpan<int> indices, int dictionarySize)
    {
        int width = RleEncoder.Width((uint)(dictionarySize - 1));
        pages.Body.Append((byte)width);
        RleEncoder.Encode(indices, width, pages.Body);
    }

    private ColumnChunk End(Field field, int rows, long first, long data, ChunkStatistics statistics)
    {
        return new ColumnChunk
        {
            Type = SchemaElement.FromField(field)!.Type!.Value,
            Name = field.Name,
            Codec = (int)options.Compression,
            Values = rows,
            UncompressedBytes = pages.UncompressedBytes,
            CompressedBytes = pages.Position - first,
            DataPageOffset = data,
            DictionaryPageOffset = data > first ? first : 0,
            Statistics = statistics,
        };
    }
}
