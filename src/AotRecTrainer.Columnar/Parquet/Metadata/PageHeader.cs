namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>The head of a page.</summary>
internal readonly record struct PageHeader
{
    public PageType Type { get; init; }

    public int UncompressedSize { get; init; }

    public int CompressedSize { get; init; }

    public int Values { get; init; }

    public PageEncoding Encoding { get; init; }

    public PageEncoding LevelEncoding { get; init; }

    /// <summary>The CRC-32 of all bytes behind the head; null when the writer left it away.</summary>
    public int? Checksum { get; init; }

    /// <summary>Version 2 only: bytes of definition levels, which stand uncompressed before the values.</summary>
    public int DefinitionBytes { get; init; }

    /// <summary>Version 2 only: bytes of repetition levels.</summary>
    public int RepetitionBytes { get; init; }

    /// <summary>Version 2 only: whether the values are compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Reads a header; every number in it is still to be checked against its surroundings, but none is negative.</summary>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, string where, out int length)
    {
        ThriftReader reader = new(bytes, where);
        int type = -1;
        PageHeader header = new() { IsCompressed = true, Values = -1, UncompressedSize = -1, CompressedSize = -1 };
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    type = reader.Int32(field);
                    break;
                case 2:
                    header = header with { UncompressedSize = reader.Int32(field) };
                    break;
                case 3:
                    header = header with { CompressedSize = reader.Int32(field) };
                    break;
                case 4:
                    header = header with { Checksum = reader.Int32(field) };
                    break;
                case 5 or 7 or 8 when field == ThriftType.Structure:
                    ReadDetails(ref reader, id, ref header);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        length = reader.Position;
        header = header with { Type = (PageType)type };
        if (header.UncompressedSize < 0 || header.CompressedSize < 0 || header.DefinitionBytes < 0 || header.RepetitionBytes < 0
            || (type != (int)PageType.Index && header.Values < 0))
        {
            throw reader.Failure("page header with a size that is missing or negative");
        }

        return header;
    }

    public void Write(ByteWriter output)
    {
        ThriftWriter writer = new(output);
        writer.BeginStructure();
        writer.Int32(1, (int)Type);
        writer.Int32(2, UncompressedSize);
        writer.Int32(3, CompressedSize);
        if (Checksum is { } checksum)
            writer.Int32(4, checksum);
        writer.BeginStructure(Type == PageType.Dictionary ? 7 : 5);
        writer.Int32(1, Values);
        writer.Int32(2, (int)Encoding);
        if (Type == PageType.Data)
        {
            writer.Int32(3, (int)PageEncoding.Rle);
            writer.Int32(4, (int)PageEncoding.Rle);
        }

        writer.EndStructure();
        writer.EndStructure();
    }

    private static void ReadDetails(ref ThriftReader reader, int structure, ref PageHeader header)
    {
        const int version2 = 8;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    header = header with { Values = reader.Int32(field) };
                    break;
                case 2 when structure != version2:
                case 4 when structure == version2:
                    header = header with { Encoding = (PageEncoding)reader.Int32(field) };
                    break;
                case 3 when structure == 5:
                    header = header with { LevelEncoding = (PageEncoding)reader.Int32(field) };
                    break;
                case 5 when structure == version2:
                    header = header with { DefinitionBytes = reader.Int32(field) };
                    break;
                case 6 when structure == version2:
                    header = header with { RepetitionBytes = reader.Int32(field) };
                    break;
                case 7 when structure == version2:
                    header = header with { IsCompressed = reader.Boolean(field) };
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        reader.Leave();
    }
}
