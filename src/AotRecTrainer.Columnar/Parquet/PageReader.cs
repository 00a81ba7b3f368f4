using System.Buffers;
using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>
/// Goes through the pages of one column chunk. The compressed chunk is held in memory, and of what it stands for one page at a time.
/// Nothing in it is trusted.
/// </summary>
internal sealed class PageReader : IDisposable
{
    private readonly ColumnChunk _chunk;
    private readonly Field _field;
    private readonly int _end;
    private byte[] _bytes;
    private byte[] _page = [];
    private int _position;

    /// <summary>Reads the chunk's bytes and looks at the head of every page, so that no size in it is believed untested.</summary>
    public PageReader(Stream input, ColumnChunk chunk, Field field, string where)
    {
        _chunk = chunk;
        _field = field;
        Where = where;
        if (chunk.Codec is not ((int)Compression.None or (int)Compression.Snappy))
            throw Failure($"compression {CodecName(chunk.Codec)} is not supported");
        if (chunk.CompressedBytes > Array.MaxLength - 64)
            throw Failure($"{chunk.CompressedBytes} bytes are too many for one column chunk");
        _end = (int)chunk.CompressedBytes;
        _bytes = ArrayPool<byte>.Shared.Rent(_end + 64);
        try
        {
            input.Seek(chunk.Start, SeekOrigin.Begin);
            int read = input.ReadAtLeast(_bytes.AsSpan(0, _end), _end, throwOnEndOfStream: false);
            if (read < _end)
                throw Failure($"{read} bytes, expected {_end}");
            CheckPages();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is read, for messages.</summary>
    public string Where { get; }

    /// <summary>Rows of the current page that have not been read.</summary>
    public int RowsLeft { get; set; }

    /// <summary>How the current page's values are encoded.</summary>
    public PageEncoding Encoding { get; private set; }

    /// <summary>Whether the current page has definition levels.</summary>
    public bool HasLevels { get; private set; }

    /// <summary>The definition levels of the current page.</summary>
    public RleDecoder Levels;

    /// <summary>The bytes that the current page's values are in, with slack behind <see cref="ValuesEnd"/>.</summary>
    public byte[] Values { get; private set; } = [];

    /// <summary>The first byte of the values that has not been read.</summary>
    public int ValuesStart { get; set; }

    /// <summary>Behind the last byte of the values.</summary>
    public int ValuesEnd { get; private set; }

    /// <summary>Goes to the next page; of a dictionary page the values are <see cref="RowsLeft"/> in number.</summary>
    public bool TryNext(out PageType type)
    {
        PageHeader header;
        do
        {
            if (_position >= _end)
            {
                type = default;
                return false;
            }

            header = ReadHeader(ref _position);
            _position += header.CompressedSize;
        }
        while (header.Type == PageType.Index);

        type = header.Type;
        Encoding = header.Encoding;
        RowsLeft = header.Values;
        Open(header, _position - header.CompressedSize);
        return true;
    }

    public ParquetFormatException Failure(string what) => new($"{Where}: {what}");

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<byte>.Shared.Return(_page);
        _bytes = [];
        _page = [];
        Values = [];
    }

    private static string CodecName(int codec) => codec switch
    {
        2 => "GZIP",
        3 => "LZO",
        4 => "BROTLI",
        5 => "LZ4",
        6 => "ZSTD",
        7 => "LZ4_RAW",
        _ => $"number {codec}",
    };

    private void CheckPages()
    {
        long rows = 0;
        bool first = true;
        for (int position = 0; position < _end;)
        {
            PageHeader header = ReadHeader(ref position);
            position += header.CompressedSize;
            if (header.Type is PageType.Data or PageType.DataV2)
                rows += header.Values;
            else if (header.Type == PageType.Dictionary && !first)
                throw Failure("a dictionary page that is not the first page");
            first = false;
        }

        if (rows != _chunk.Values)
            throw Failure($"{rows} values, expected {_chunk.Values}");
    }

    private PageHeader ReadHeader(ref int position)
    {
        PageHeader header = PageHeader.Read(_bytes.AsSpan(position, _end - position), Where, out int length);
        position += length;
        if (header.Type is not (PageType.Data or PageType.DataV2 or PageType.Dictionary or PageType.Index))
            throw Failure($"page type {(int)header.Type} is not supported");
        if (header.CompressedSize > _end - position)
            throw Failure($"a page of {header.CompressedSize} bytes, expected at most {_end - position}");
        long most = _chunk.Codec == (int)Compression.None
            ? header.CompressedSize
            : Math.Min(Array.MaxLength - 64, (long)header.CompressedSize * Snappy.LargestRatio);

        // Version 2 keeps the levels outside of what is compressed; they are part of both sizes.
        if (header.UncompressedSize > most)
            throw Failure($"a page of {header.CompressedSize} bytes that stand for {header.UncompressedSize}");
        return header;
    }

    private void Open(in PageHeader header, int start)
    {
        int end = start + header.CompressedSize;
        if (header.Type == PageType.DataV2)
        {
            OpenVersion2(header, start, end);
            return;
        }

        Decompress(start, end, header.UncompressedSize, _chunk.Codec != (int)Compression.None);
        HasLevels = header.Type == PageType.Data && _field.Nullable;
        if (!HasLevels)
            return;
        if (header.LevelEncoding != PageEncoding.Rle)
            throw Failure($"definition levels encoded as {header.LevelEncoding} are not supported");
        if (ValuesEnd - ValuesStart < 4)
            throw Failure($"a page of {ValuesEnd - ValuesStart} bytes, expected definition levels");
        int length = BinaryPrimitives.ReadInt32LittleEndian(Values.AsSpan(ValuesStart, 4));
        ValuesStart += 4;
        if (length < 0 || length > ValuesEnd - ValuesStart)
            throw Failure($"{length} bytes of definition levels, expected at most {ValuesEnd - ValuesStart}");
        Levels = new RleDecoder(Values, ValuesStart, ValuesStart + length, 1);
        ValuesStart += length;
    }

    private void OpenVersion2(in PageHeader header, int start, int end)
    {
        if (header.RepetitionBytes != 0)
            throw Failure($"{header.RepetitionBytes} bytes of repetition levels, expected none");
        int most = Math.Min(end - start, header.UncompressedSize);
        if (header.DefinitionBytes > most)
            throw Failure($"{header.DefinitionBytes} bytes of definition levels, expected at most {most}");
        HasLevels = _field.Nullable;
        if (HasLevels)
            Levels = new RleDecoder(_bytes, start, start + header.DefinitionBytes, 1);
        int valuesStart = start + header.DefinitionBytes;
        bool compressed = header.IsCompressed && _chunk.Codec != (int)Compression.None && end > valuesStart;
        Decompress(valuesStart, end, header.UncompressedSize - header.DefinitionBytes, compressed);
    }

    private void Decompress(int start, int end, int length, bool compressed)
    {
        if (!compressed)
        {
            if (end - start != length)
                throw Failure($"a page of {end - start} uncompressed bytes, expected {length}");
            Values = _bytes;
            ValuesStart = start;
            ValuesEnd = end;
            return;
        }

        if (_page.Length < length + 64)
        {
            ArrayPool<byte>.Shared.Return(_page);
            _page = [];
            _page = ArrayPool<byte>.Shared.Rent(length + 64);
        }

        // The array may be larger than asked for; the codec must not write over more than the slack.
        if (!Snappy.TryDecompress(_bytes.AsSpan(start, end - start), _page.AsSpan(0, length + 64), length))
            throw Failure($"a page that is not {length} bytes compressed with Snappy");
        Values = _page;
        ValuesStart = 0;
        ValuesEnd = length;
    }
}
