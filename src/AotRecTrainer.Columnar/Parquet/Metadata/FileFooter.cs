namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>What stands at the end of a file: the columns, and where their values are.</summary>
internal sealed record FileFooter(
    IReadOnlyList<LeafColumn> Columns, long Rows, IReadOnlyList<RowGroup> RowGroups, IReadOnlyDictionary<string, string> KeyValueMetadata)
{
    private const string CreatedBy = "AotRecTrainer version 0.1.0";

    public void Write(ByteWriter output)
    {
        ThriftWriter writer = new(output);
        writer.BeginStructure();
        writer.Int32(1, 1);
        WriteSchema(writer);
        writer.Int64(3, Rows);
        writer.BeginList(4, ThriftType.Structure, RowGroups.Count);
        for (int i = 0; i < RowGroups.Count; i++)
            WriteRowGroup(writer, RowGroups[i], i);
        if (KeyValueMetadata.Count > 0)
        {
            writer.BeginList(5, ThriftType.Structure, KeyValueMetadata.Count);
            foreach ((string key, string value) in KeyValueMetadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.BeginStructure();
                writer.Text(1, key);
                writer.Text(2, value);
                writer.EndStructure();
            }
        }

        writer.Text(6, CreatedBy);

        // Smallest and largest values are by the order of the columns' types; without this word readers do not trust them.
        writer.BeginList(7, ThriftType.Structure, Columns.Count);
        foreach (LeafColumn _ in Columns)
        {
            writer.BeginStructure();
            writer.BeginStructure(1);
            writer.EndStructure();
            writer.EndStructure();
        }

        writer.EndStructure();
    }

    private void WriteSchema(ThriftWriter writer)
    {
        writer.BeginList(2, ThriftType.Structure, Columns.Count + 1);
        writer.BeginStructure();
        writer.Text(4, "schema");
        writer.Int32(5, Columns.Count);
        writer.EndStructure();
        foreach (LeafColumn column in Columns)
        {
            writer.BeginStructure();
            writer.Int32(1, (int)column.Element.Type!.Value);
            writer.Int32(3, column.Element.Repetition);
            writer.Text(4, column.Name);
            if (column.Element.Converted != ConvertedType.None)
                writer.Int32(6, (int)column.Element.Converted);
            LogicalType.Write(writer, column.Element);
            writer.EndStructure();
        }
    }

    private static void WriteRowGroup(ThriftWriter writer, RowGroup group, int ordinal)
    {
        writer.BeginStructure();
        writer.BeginList(1, ThriftType.Structure, group.Columns.Count);
        foreach (ColumnChunk chunk in group.Columns)
        {
            writer.BeginStructure();
            writer.Int64(2, chunk.Start);
            writer.BeginStructure(3);
            writer.Int32(1, (int)chunk.Type);
            PageEncoding[] encodings = chunk.DictionaryPageOffset > 0
                ? [PageEncoding.Plain, PageEncoding.Rle, PageEncoding.RleDictionary]
                : [PageEncoding.Plain, PageEncoding.Rle];
            writer.BeginList(2, ThriftType.Int32, encodings.Length);
            foreach (PageEncoding encoding in encodings)
                writer.Int32Element((int)encoding);
            writer.BeginList(3, ThriftType.Binary, 1);
            writer.TextElement(chunk.Name);
            writer.Int32(4, chunk.Codec);
            writer.Int64(5, chunk.Values);
            writer.Int64(6, chunk.UncompressedBytes);
            writer.Int64(7, chunk.CompressedBytes);
            writer.Int64(9, chunk.DataPageOffset);
            if (chunk.DictionaryPageOffset > 0)
                writer.Int64(11, chunk.DictionaryPageOffset);
            chunk.Statistics?.Write(writer, 12);
            writer.EndStructure();
            writer.EndStructure();
        }

        writer.Int64(2, group.Columns.Sum(chunk => chunk.UncompressedBytes));
        writer.Int64(3, group.Rows);
        writer.Int64(5, group.Columns[0].Start);
        writer.Int64(6, group.Columns.Sum(chunk => chunk.CompressedBytes));
        if (ordinal <= short.MaxValue)
            writer.Int16(7, (short)ordinal);
        writer.EndStructure();
    }
}
