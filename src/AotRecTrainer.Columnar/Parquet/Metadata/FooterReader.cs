namespace AotRecTrainer.Columnar.Parquet.Metadata;

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
                    elements = SchemaReader.ReadElements(ref reader, reader.BeginList(field, ThriftType.Structure));
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

        if (elements is null || elements.Count == 0)
            throw new ParquetFormatException("footer: no schema");
        IReadOnlyList<LeafColumn> columns = SchemaReader.FindColumns(elements);
        long total = 0;
        for (int i = 0; i < groups.Count; i++)
        {
            Check(groups[i], i, columns, dataEnd);

            // No sum of as many groups as fit into a footer overflows: each is below 2^48 (see Check).
            total += groups[i].Rows;
        }

        return total == rows
            ? new FileFooter(columns, rows, groups, metadata)
            : throw new ParquetFormatException($"footer: {rows} rows, but the row groups have {total}");
    }

    private static void Check(RowGroup group, int index, IReadOnlyList<LeafColumn> columns, long dataEnd)
    {
        if (group.Rows is < 0 or >= 1L << 48)
            throw new ParquetFormatException($"row group {index}: {group.Rows} rows");
        if (group.Columns.Count != columns.Count)
            throw new ParquetFormatException($"row group {index}: {group.Columns.Count} columns, expected {columns.Count}");
        foreach (LeafColumn column in columns)
        {
            // What is not read need not be right.
            if (column.Field is null)
                continue;
            ColumnChunk chunk = group.Columns[column.Index];
            string where = $"row group {index}, column {column.Name}";
            if (!string.Equals(chunk.Name, column.Name, StringComparison.Ordinal) || chunk.Type != column.Element.Type)
                throw new ParquetFormatException($"{where}: found {chunk.Name} of {chunk.Type}, expected {column.Element.Type}");
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

        // At once, so that a footer of nothing but empty groups does not become many times as large in memory.
        return rows >= 0 && chunks.Count > 0
            ? new RowGroup(rows, chunks)
            : throw reader.Failure($"row group of {rows} rows in {chunks.Count} columns");
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

        return chunk is { Values: >= 0, CompressedBytes: >= 0, DataPageOffset: >= 0 }
            ? chunk
            : throw reader.Failure("column chunk with a size or place that is missing or negative");
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
