using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>Compresses pages and writes them with their heads. Its buffers are used again for each.</summary>
internal sealed class PageWriter(Stream output, Compression compression, WriterBuffers buffers)
{
    private readonly ByteWriter _header = new();

    /// <summary>The content of the next page.</summary>
    public ByteWriter Body { get; } = buffers.Body;

    /// <summary>Bytes written to the output so far.</summary>
    public long Position { get; private set; }

    /// <summary>What the pages since <see cref="BeginChunk"/> would need without compression.</summary>
    public long UncompressedBytes { get; private set; }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    /// <summary>Starts a column chunk and gives out where.</summary>
    public long BeginChunk()
    {
        UncompressedBytes = 0;
        return Position;
    }

    /// <summary>Writes the page whose content is in <see cref="Body"/>, and clears it.</summary>
    public void WritePage(PageType type, PageEncoding encoding, int values)
    {
        ReadOnlySpan<byte> body = Body.Written;
        if (compression == Compression.Snappy)
        {
            buffers.Compressed.Clear();
            Span<byte> room = buffers.Compressed.Reserve(Snappy.MaxCompressedLength(body.Length));
            buffers.Compressed.Advance(Snappy.Compress(body, room));
            body = buffers.Compressed.Written;
        }

        _header.Clear();
        new PageHeader
        {
            Type = type,
            UncompressedSize = Body.Length,
            CompressedSize = body.Length,
            Checksum = (int)Crc32.Of(body),
            Values = values,
            Encoding = encoding,
        }.Write(_header);
        UncompressedBytes += _header.Length + Body.Length;
        WriteRaw(_header.Written);
        WriteRaw(body);
        Body.Clear();
    }
}
