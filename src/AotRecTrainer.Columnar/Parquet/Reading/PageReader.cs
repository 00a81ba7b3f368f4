using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>
/// Goes through the pages of one column chunk. The compressed chunk is held in memory, and of what it stands for one page at a time.
/// Nothing in it is trusted.
/// </summary>
internal sealed partial class PageReader : IDisposable
{
    /// <summary>Bytes that must be readable behind a chunk or a page, for decoders and codecs that read and write a little too much.</summary>
    public const int Slack = 64;

    private readonly ColumnChunk _chunk;
    private readonly Codec _codec;
    private readonly bool _nullable;
    private readonly bool _checkSums;
    private readonly ReaderMemory _memory;
    private readonly NativeBuffer _bytes;
    private readonly int _end;
    private NativeBuffer? _page;
    private NativeBuffer _values;
    private NativeBuffer _levelBytes;
    private RleDecoder _levels;
    private int _position;

    /// <summary>Takes ownership of the chunk's bytes and looks at the head of every page, so that no size in it is believed untested.</summary>
    /// <param name="bytes">The chunk and <see cref="Slack"/> bytes more.</param>
    /// <param name="chunk">What the footer says of it.</param>
    /// <param name="nullable">Whether values may be missing, so that pages have definition levels.</param>
    /// <param name="checkSums">Whether the checksums of pages that have one are checked.</param>
    /// <param name="memory">Where pages are decompressed to.</param>
    /// <param name="where">What is read, for messages.</param>
    public PageReader(NativeBuffer bytes, ColumnChunk chunk, bool nullable, bool checkSums, ReaderMemory memory, string where)
    {
        _bytes = _values = _levelBytes = bytes;
        _chunk = chunk;
        _codec = (Codec)chunk.Codec;
        _nullable = nullable;
        _checkSums = checkSums;
        _memory = memory;
        _end = bytes.Length - Slack;
        Where = where;
        try
        {
            if (Decompression.Problem(_codec) is { } problem)
                throw Failure(problem);
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
    public int RowsLeft { get; private set; }

    /// <summary>Values of the current page, of a data page with those that are missing.</summary>
    public int ValueCount { get; private set; }

    /// <summary>How the current page's values are encoded.</summary>
    public PageEncoding Encoding { get; private set; }

    /// <summary>Whether the current page has definition levels.</summary>
    public bool HasLevels { get; private set; }

    /// <summary>The bytes that the current page's values are in, with <see cref="Slack"/> behind <see cref="ValuesEnd"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _values.Span;

    /// <summary>The first byte of the values that has not been read.</summary>
    public int ValuesStart { get; set; }

    /// <summary>Behind the last byte of the values.</summary>
    public int ValuesEnd { get; private set; }

    /// <summary>Goes to the next page.</summary>
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
        ValueCount = header.Values;
        RowsLeft = type == PageType.Dictionary ? 0 : header.Values;
        int start = _position - header.CompressedSize;
        if (_checkSums && header.Checksum is { } expected)
            CheckSum(start, expected);
        Open(header, start);
        return true;
    }

    /// <summary>Counts rows as read.</summary>
    public void TakeRows(int count) => RowsLeft -= count;

    /// <summary>Takes up to <paramref name="most"/> rows that all have the same level; 0 when the levels differ.</summary>
    public int TakeLevelRun(int most, out int level) => _levels.TakeRun(_levelBytes.Span, most, out level);

    /// <summary>Reads the levels of the next rows.</summary>
    public void ReadLevels(Span<int> levels)
    {
        if (!_levels.TryRead(_levelBytes.Span, levels))
            throw Failure("a page with fewer definition levels than rows");
    }

    /// <summary>Reads how many bytes follow, and makes sure that they do.</summary>
    public int TakeLength(string what)
    {
        int left = ValuesEnd - ValuesStart - sizeof(int);
        int length = left < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(Bytes[ValuesStart..]);
        if (length < 0 || length > left)
            throw Failure($"{what} of {length} bytes, expected at most {left}");
        ValuesStart += sizeof(int);
        return length;
    }

    /// <summary>Takes the next bytes of the values.</summary>
    public ReadOnlySpan<byte> Take(int length, string what)
    {
        if ((uint)length > (uint)(ValuesEnd - ValuesStart))
            throw Failure($"{what} of {length} bytes, expected at most {ValuesEnd - ValuesStart}");
        ReadOnlySpan<byte> taken = Bytes.Slice(ValuesStart, length);
        ValuesStart += length;
        return taken;
    }

    /// <summary>Takes DELTA_BINARY_PACKED lengths that other bytes follow.</summary>
    public DeltaDecoder TakeLengths()
    {
        if (!DeltaDecoder.TryStart(Bytes, ValuesStart, ValuesEnd, out DeltaDecoder lengths))
            throw Failure("damaged lengths of text");
        DeltaDecoder toTheEnd = lengths;
        if (!toTheEnd.TrySkip(Bytes, out int next))
            throw Failure("damaged lengths of text");
        ValuesStart = next;
        return lengths;
    }

    public ParquetFormatException Failure(string what) => new($"{Where}: {what}");

    public ParquetFormatException TooFewValues() => Failure("a page with fewer values than expected");

    public void Dispose()
    {
        _bytes.Dispose();
        _memory.Free(_page);
        _page = null;
    }

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
        PageHeader header = PageHeader.Read(_bytes.Span[position.._end], Where, out int length);
        position += length;
        if (header.Type is not (PageType.Data or PageType.DataV2 or PageType.Dictionary or PageType.Index))
            throw Failure($"page type {(int)header.Type} is not supported");
        if (header.CompressedSize > _end - position)
            throw Failure($"a page of {header.CompressedSize} bytes, expected at most {_end - position}");

        // Version 2 keeps the levels outside of what is compressed; they are part of both sizes.
        if (header.UncompressedSize > header.CompressedSize * Decompression.LargestRatio(_codec))
            throw Failure($"a page of {header.CompressedSize} bytes that stand for {header.UncompressedSize}");
        return header;
    }
}
