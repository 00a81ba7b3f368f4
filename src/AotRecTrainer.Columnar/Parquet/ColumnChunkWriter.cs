using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>Writes one column of a row group after the other. Its buffers are used again for each.</summary>
internal sealed class ColumnChunkWriter(Stream output, ParquetWriterOptions options)
{
    // A dictionary beyond this size costs more to look up than it saves.
    private const int LargestDictionary = 1 << 20;

    private readonly ByteWriter _page = new();
    private readonly ByteWriter _compressed = new();
    private readonly ByteWriter _header = new();
    private int[] _indices = [];
    private long _uncompressedBytes;

    /// <summary>Bytes written to the output so far.</summary>
    public long Position { get; private set; }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    /// <summary>Writes the rows from <paramref name="start"/> on.</summary>
    public ColumnChunk Write(Column column, int start, int rows)
    {
        return column.Field.Type.Id switch
        {
            ArrowTypeId.Int8 => WriteFixed<uint>(column, start, Widen(column.Values<sbyte>().Slice(start, rows))),
            ArrowTypeId.Int16 => WriteFixed<uint>(column, start, Widen(column.Values<short>().Slice(start, rows))),
            ArrowTypeId.Int32 => WriteFixed(column, start, MemoryMarshal.Cast<int, uint>(column.Values<int>().Slice(start, rows))),
            ArrowTypeId.Float => WriteFixed(column, start, MemoryMarshal.Cast<float, uint>(column.Values<float>().Slice(start, rows))),
            ArrowTypeId.Int64 => WriteFixed(column, start, MemoryMarshal.Cast<long, ulong>(column.Values<long>().Slice(start, rows))),
            ArrowTypeId.Double => WriteFixed(column, start, MemoryMarshal.Cast<double, ulong>(column.Values<double>().Slice(start, rows))),
            ArrowTypeId.Boolean => WriteTruths(column, start, rows),
            _ => WriteText(column, start, rows),
        };
    }

    private static uint[] Widen<T>(ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        uint[] wide = new uint[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = (uint)int.CreateTruncating(values[i]);
        return wide;
    }

    private ColumnChunk WriteFixed<T>(Column column, int start, ReadOnlySpan<T> values)
        where T : unmanaged, IEquatable<T>
    {
        int rows = values.Length;
        ReadOnlySpan<T> present = column.NullCount == 0 ? values : Present(column, start, values);
        FixedDictionary<T>? dictionary = null;
        if (options.Dictionary && !present.IsEmpty)
        {
            int most = Math.Min(present.Length / 2, LargestDictionary / Unsafe.SizeOf<T>());
            dictionary = FixedDictionary<T>.TryBuild(present, Indices(present.Length), most);
        }

        long first = Begin();
        if (dictionary is not null)
        {
            _page.Clear();
            _page.Append(dictionary.Values);
            WritePage(PageType.Dictionary, PageEncoding.Plain, dictionary.Values.Length);
        }

        long data = Position;
        int used = 0;
        for (int done = 0; done < rows; done += options.PageRows)
        {
            int count = Math.Min(options.PageRows, rows - done);
            _page.Clear();
            int taken = AppendLevels(column, start + done, count);
            if (dictionary is not null)
                AppendIndices(_indices.AsSpan(used, taken), dictionary.Values.Length);
            else
                _page.Append(present.Slice(used, taken));
            WritePage(PageType.Data, dictionary is null ? PageEncoding.Plain : PageEncoding.RleDictionary, count);
            used += taken;
        }

        return End(column.Field, rows, first, data);
    }

    private ColumnChunk WriteText(Column column, int start, int rows)
    {
        TextDictionary? dictionary = null;
        if (options.Dictionary && rows > 0)
            dictionary = TextDictionary.TryBuild(column, start, rows, Indices(rows), rows / 2, LargestDictionary);
        long first = Begin();
        if (dictionary is not null)
        {
            _page.Clear();
            foreach (int row in dictionary.Rows)
                AppendText(column.GetUtf8(row));
            WritePage(PageType.Dictionary, PageEncoding.Plain, dictionary.Rows.Count);
        }

        long data = Position;
        int used = 0;
        for (int done = 0; done < rows; done += options.PageRows)
        {
            int count = Math.Min(options.PageRows, rows - done);
            _page.Clear();
            int taken = AppendLevels(column, start + done, count);
            if (dictionary is not null)
            {
                AppendIndices(_indices.AsSpan(used, taken), dictionary.Rows.Count);
            }
            else
            {
                for (int i = start + done; i < start + done + count; i++)
                {
                    if (!column.IsNull(i))
                        AppendText(column.GetUtf8(i));
                }
            }

            WritePage(PageType.Data, dictionary is null ? PageEncoding.Plain : PageEncoding.RleDictionary, count);
            used += taken;
        }

        return End(column.Field, rows, first, data);
    }

    private ColumnChunk WriteTruths(Column column, int start, int rows)
    {
        long first = Begin();
        for (int done = 0; done < rows; done += options.PageRows)
        {
            int count = Math.Min(options.PageRows, rows - done);
            _page.Clear();
            int taken = AppendLevels(column, start + done, count);
            Span<byte> bits = _page.Take(Bitmap.ByteCount(taken));
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

            WritePage(PageType.Data, PageEncoding.Plain, count);
        }

        return End(column.Field, rows, first, first);
    }

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

    private int[] Indices(int count)
    {
        if (_indices.Length < count)
            _indices = new int[count];
        return _indices;
    }

    /// <summary>Appends the definition levels where the column may lack values, and gives out how many rows have one.</summary>
    private int AppendLevels(Column column, int start, int count)
    {
        if (!column.Field.Nullable)
            return count;
        int[] levels = new int[count];
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            levels[i] = column.IsNull(start + i) ? 0 : 1;
            present += levels[i];
        }

        int lengthAt = _page.Length;
        _page.Take(4);
        RleEncoder.Encode(levels, 1, _page);
        _page.PatchInt32(lengthAt, _page.Length - lengthAt - 4);
        return present;
    }

    private void AppendIndices(ReadOnlySpan<int> indices, int dictionarySize)
    {
        int width = RleEncoder.Width((uint)(dictionarySize - 1));
        _page.Append((byte)width);
        RleEncoder.Encode(indices, width, _page);
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_page.Take(4), text.Length);
        _page.Append(text);
    }

    private long Begin()
    {
        _uncompressedBytes = 0;
        return Position;
    }

    private ColumnChunk End(Field field, int rows, long first, long data)
    {
        return new ColumnChunk
        {
            Type = SchemaElement.FromField(field)!.Type!.Value,
            Name = field.Name,
            Codec = (int)options.Compression,
            Values = rows,
            UncompressedBytes = _uncompressedBytes,
            CompressedBytes = Position - first,
            DataPageOffset = data,
            DictionaryPageOffset = data > first ? first : 0,
        };
    }

    private void WritePage(PageType type, PageEncoding encoding, int values)
    {
        ReadOnlySpan<byte> body = _page.Written;
        if (options.Compression == Compression.Snappy)
        {
            _compressed.Clear();
            Span<byte> room = _compressed.Reserve(Snappy.MaxCompressedLength(body.Length));
            _compressed.Advance(Snappy.Compress(body, room));
            body = _compressed.Written;
        }

        _header.Clear();
        new PageHeader
        {
            Type = type,
            UncompressedSize = _page.Length,
            CompressedSize = body.Length,
            Values = values,
            Encoding = encoding,
        }.Write(_header);
        _uncompressedBytes += _header.Length + _page.Length;
        WriteRaw(_header.Written);
        WriteRaw(body);
    }
}
