using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>What stands at the end of a file: the columns, and where their values are.</summary>
internal sealed record FileFooter(
    Schema Schema, long Rows, IReadOnlyList<RowGroup> RowGroups, IReadOnlyDictionary<string, string> KeyValueMetadata)
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
        writer.EndStructure();
    }

    private void WriteSchema(ThriftWriter writer)
    {
        writer.BeginList(2, ThriftType.Structure, Schema.Fields.Count + 1);
        writer.BeginStructure();
        writer.Text(4, "schema");
        writer.Int32(5, Schema.Fields.Count);
        writer.EndStructure();
        foreach (Field field in Schema.Fields)
        {
            SchemaElement element = SchemaElement.FromField(field)!;
            writer.BeginStructure();
            writer.Int32(1, (int)element.Type!.Value);
            writer.Int32(3, element.Repetition);
            writer.Text(4, element.Name);
            if (element.Converted != ConvertedType.None)
                writer.Int32(6, (int)element.Converted);
            WriteLogicalType(writer, element.Converted);
            writer.EndStructure();
        }
    }

    private static void WriteLogicalType(ThriftWriter writer, ConvertedType converted)
    {
        if (converted == ConvertedType.None)
            return;
        writer.BeginStructure(10);
        if (converted == ConvertedType.Utf8)
        {
            writer.BeginStructure(1);
        }
        else
        {
            writer.BeginStructure(10);
            writer.Int8(1, (sbyte)(converted == ConvertedType.Int8 ? 8 : 16));
            writer.Boolean(2, true);
        }

        writer.EndStructure();
        writer.EndStructure();
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
