using System.Buffers.Binary;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Parquet.Metadata;
using AotRecTrainer.Columnar.Parquet.Writing;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>A Parquet file of one column, one row group and one page, with things in it that our writer never writes.</summary>
internal sealed record HandmadeFile
{
    public SchemaElement Element { get; init; } = new("c", PhysicalType.Int32, SchemaElement.Required, 0);

    public int Codec { get; init; }

    public PageHeader Header { get; init; }

    public byte[] Body { get; init; } = [];

    public byte[] ToBytes()
    {
        using MemoryStream file = new();
        PageWriter pages = new(file, Compression.None, WriterBuffers.Rent());
        pages.WriteRaw("PAR1"u8);
        ByteWriter header = new();
        Header.Write(header);
        pages.WriteRaw(header.Written);
        pages.WriteRaw(Body);
        ColumnChunk chunk = new()
        {
            Type = Element.Type!.Value,
            Name = Element.Name,
            Codec = Codec,
            Values = Header.Values,
            CompressedBytes = pages.Position - 4,
            DataPageOffset = 4,
        };
        LeafColumn column = new(0, Element.Name, Element, Field: null, Problem: null);
        ByteWriter footer = new();
        new FileFooter([column], Header.Values, [new RowGroup(Header.Values, [chunk])], new Dictionary<string, string>()).Write(footer);
        pages.WriteRaw(footer.Written);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        pages.WriteRaw(length);
        pages.WriteRaw("PAR1"u8);
        return file.ToArray();
    }
}
