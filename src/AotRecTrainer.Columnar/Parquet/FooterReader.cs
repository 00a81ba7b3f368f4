using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>Reads a footer and holds its parts against each other and against the size of the file.</summary>
internal static class FooterReader
{
    /// <summary>Reads a footer.</summary>
    /// <param name="bytes">The footer without its length and magic.</param>
    /// <param name="dataEnd">Where the footer starts, that is: where all pages must have ended.</param>
    public static FileFooter Read(ReadOnlySpan<byte> bytes, long dataEnd)
    {
        ThriftReader reader = new(bytes, "footer");
        List<SchemaElement>? elements = null;
        List<RowGroup> groups = [];
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        long rows = -1;
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 2:
                    elements = ReadSchema(ref reader, reader.BeginList(field, ThriftType.Structure));
                    break;
                case 3:
                    rows = reader.Int64(field);
                    break;
                case 4:
                    int count = reader.BeginList(field, ThriftType.Structure);
                    for (int i = 0; i < count; i++)
                        groups.Add(ReadRowGroup(ref reader));
                    break;
                case 5:
                    int pairs = reader.BeginList(field, ThriftType.Structure);
                    for (int i = 0; i < pairs; i++)
                        ReadPair(ref reader, metadata);
                    break;
                case 8:
                    throw new ParquetFormatException("footer: encrypted files are not supported");
                default:
                    reader.Skip(field);
                    break;
            }
        }

        if (elements is null)
            throw new ParquetFormatException("footer: no schema");
        Schema schema = MakeSchema(elements, metadata);
        long total = 0;
        for (int i = 0; i < groups.Count; i++)
        {
            Check(groups[i], i, elements, dataEnd);
            // No sum of as many groups as fit into a footer overflows: each is below 2^48 (see Check).
            total += groups[i].Rows;
        }

        return total == rows
            ? new FileFooter(schema, rows, groups, metadata)
            : throw new ParquetFormatException($"footer: {rows} rows, but the row groups have {total}");
    }

    private static Schema MakeSchema(List<SchemaElement> elements, Dictionary<string, string> metadata)
    {
        if (elements.Count < 2)
            throw new ParquetFormatException("schema: no columns");
        List<Field> fields = [];
        foreach (SchemaElement element in elements.Skip(1))
            fields.Add(element.ToField());
        return elements[0].Children == fields.Count
            ? new Schema(fields, metadata)
            : throw new ParquetFormatException($"schema: {fields.Count} columns, expected {elements[0].Children}");
    }

    private static void Check(RowGroup group, int index, List<SchemaElement> elements, long dataEnd)
    {
        if (group.Rows is < 0 or >= 1L << 48)
            throw new ParquetFormatException($"row group {index}: {group.Rows} rows");
        if (group.Columns.Count != elements.Count - 1)
            throw new ParquetFormatException($"row group {index}: {group.Columns.Count} columns, expected {elements.Count - 1}");
        for (int c = 0; c < group.Columns.Count; c++)
        {
            ColumnChunk chunk = group.Columns[c];
            SchemaElement element = elements[c + 1];
            string where = $"row group {index}, column {element.Name}";
            if (!string.Equals(chunk.Name, element.Name, StringComparison.Ordinal) || chunk.Type != element.Type)
                throw new ParquetFormatException($"{where}: found {chunk.Name} of {chunk.Type}, expected {element.Type}");
            if (chunk.IsElsewhere)
                throw new ParquetFormatException($"{where}: columns in other files are not supported");
            if (chunk.Values != group.Rows)
                throw new ParquetFormatException($"{where}: {chunk.Values} values, expected {group.Rows}");
            if (chunk.Start < 4 || chunk.CompressedBytes < 0 || chunk.Start > dataEnd || chunk.CompressedBytes > dataEnd - chunk.Start)
            {
                throw new ParquetFormatException(
                    $"{where}: {chunk.CompressedBytes} bytes from {chunk.Start} on, expected within bytes 4 to {dataEnd}");
            }
        }
    }

    private static List<SchemaElement> ReadSchema(ref ThriftReader reader, int count)
    {
        List<SchemaElement> elements = [];
        for (int i = 0; i < count; i++)
            elements.Add(ReadSchemaElement(ref reader));
        return elements;
    }

    private static SchemaElement ReadSchemaElement(ref ThriftReader reader)
    {
        PhysicalType? type = null;
        string? name = null;
        int repetition = SchemaElement.Required;
        int children = 0;
        ConvertedType converted = ConvertedType.None;
        ConvertedType logical = ConvertedType.None;
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    type = (PhysicalType)reader.Int32(field);
                    break;
                case 3:
                    repetition = reader.Int32(field);
                    break;
                case 4:
                    name = reader.Text(field);
                    break;
                case 5:
                    children = reader.Int32(field);
                    break;
                case 6:
                    converted = (ConvertedType)reader.Int32(field);
                    break;
                case 10 when field == ThriftType.Structure:
                    logical = ReadLogicalType(ref reader);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        if (name is null)
            throw reader.Failure("schema entry without a name");
        return new SchemaElement(name, type, repetition, children, converted == ConvertedType.None ? logical : converted);
    }

    // New writers may leave the converted type away. Only what changes how values are read is told apart.
    private static ConvertedType ReadLogicalType(ref ThriftReader reader)
    {
        ConvertedType found = ConvertedType.None;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 10 when field == ThriftType.Structure:
                    found = ReadIntegerType(ref reader);
                    break;
                default:
                    found = id switch
                    {
                        1 => ConvertedType.Utf8,
                        4 => ConvertedType.Enumeration,
                        5 => ConvertedType.Decimal,
                        12 => ConvertedType.Json,
                        13 => ConvertedType.Bson,
                        _ => found,
                    };
                    reader.Skip(field);
                    break;
            }
        }

        reader.Leave();
        return found;
    }

    private static ConvertedType ReadIntegerType(ref ThriftReader reader)
    {
        int bits = 0;
        bool signed = true;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            if (id == 1 && field == ThriftType.Int8)
                bits = reader.Int8();
            else if (id == 2)
                signed = reader.Boolean(field);
            else
                reader.Skip(field);
        }

        reader.Leave();
        return (bits, signed) switch
        {
            (8, true) => ConvertedType.Int8,
            (16, true) => ConvertedType.Int16,
            (32, true) => ConvertedType.Int32,
            (64, true) => ConvertedType.Int64,
            (8, false) => ConvertedType.UnsignedInt8,
            (16, false) => ConvertedType.UnsignedInt16,
            (32, false) => ConvertedType.UnsignedInt32,
            (64, false) => ConvertedType.UnsignedInt64,
            _ => throw reader.Failure($"integers of {bits} bits"),
        };
    }

    private static RowGroup ReadRowGroup(ref ThriftReader reader)
    {
        long rows = -1;
        List<ColumnChunk> chunks = [];
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    int count = reader.BeginList(field, ThriftType.Structure);
                    for (int i = 0; i < count; i++)
                        chunks.Add(ReadColumnChunk(ref reader));
                    break;
                case 3:
                    rows = reader.Int64(field);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        return new RowGroup(rows, chunks);
    }

    private static ColumnChunk ReadColumnChunk(ref ThriftReader reader)
    {
        ColumnChunk? chunk = null;
        bool elsewhere = false;
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    elsewhere = reader.Text(field).Length > 0;
                    break;
                case 3 when field == ThriftType.Structure:
                    chunk = ReadColumnMetadata(ref reader);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        return chunk is null ? throw reader.Failure("column chunk without metadata") : chunk with { IsElsewhere = elsewhere };
    }

    private static ColumnChunk ReadColumnMetadata(ref ThriftReader reader)
    {
        ColumnChunk chunk = new() { Type = (PhysicalType)(-1), Codec = -1, Values = -1, CompressedBytes = -1, DataPageOffset = -1 };
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    chunk = chunk with { Type = (PhysicalType)reader.Int32(field) };
                    break;
                case 3:
                    int parts = reader.BeginList(field, ThriftType.Binary);
                    string[] names = new string[parts];
                    for (int i = 0; i < parts; i++)
                        names[i] = reader.Text(ThriftType.Binary);
                    chunk = chunk with { Name = string.Join('.', names) };
                    break;
                case 4:
                    chunk = chunk with { Codec = reader.Int32(field) };
                    break;
                case 5:
                    chunk = chunk with { Values = reader.Int64(field) };
                    break;
                case 6:
                    chunk = chunk with { UncompressedBytes = reader.Int64(field) };
                    break;
                case 7:
                    chunk = chunk with { CompressedBytes = reader.Int64(field) };
                    break;
                case 9:
                    chunk = chunk with { DataPageOffset = reader.Int64(field) };
                    break;
                case 11:
                    chunk = chunk with { DictionaryPageOffset = reader.Int64(field) };
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        return chunk;
    }

    private static void ReadPair(ref ThriftReader reader, Dictionary<string, string> metadata)
    {
        string? key = null;
        string value = "";
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            if (id == 1)
                key = reader.Text(field);
            else if (id == 2)
                value = reader.Text(field);
            else
                reader.Skip(field);
        }

        if (key is not null)
            metadata[key] = value;
    }
}
