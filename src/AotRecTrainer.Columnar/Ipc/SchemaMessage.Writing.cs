using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <content>Writing.</content>
internal static partial class SchemaMessage
{
    /// <summary>Writes the schema table and gives out its position.</summary>
    public static int Write(FlatBuilder builder, Schema schema)
    {
        int[] fields = [.. schema.Fields.Select((field, i) => WriteField(builder, field, i))];
        int metadata = WriteMetadata(builder, schema.Metadata);
        int fieldVector = builder.References(fields);
        builder.BeginTable(4);
        builder.Reference(1, fieldVector);
        if (metadata != 0)
            builder.Reference(2, metadata);
        builder.Int16(0, 0);
        return builder.EndTable();
    }

    private static int WriteMetadata(FlatBuilder builder, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return 0;
        List<int> pairs = [];
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            int keyText = builder.Text(key);
            int valueText = builder.Text(value);
            builder.BeginTable(2);
            builder.Reference(0, keyText);
            builder.Reference(1, valueText);
            pairs.Add(builder.EndTable());
        }

        return builder.References(pairs);
    }

    private static int WriteField(FlatBuilder builder, Field field, int id = 0)
    {
        ArrowType type = field.Type.Id == ArrowTypeId.Dictionary ? field.Type.Element! : field.Type;
        int[] children = type.Element is { } element ? [WriteField(builder, new Field("item", element))] : [];
        int childVector = builder.References(children);
        int name = builder.Text(field.Name);
        int encoding = field.Type.Index is { } index ? WriteEncoding(builder, index, id) : 0;
        int typeTable = WriteType(builder, type, out TypeTag tag);
        builder.BeginTable(7);
        builder.Reference(0, name);
        builder.Reference(3, typeTable);
        if (encoding != 0)
            builder.Reference(4, encoding);
        builder.Reference(5, childVector);
        builder.Byte(1, field.Nullable ? (byte)1 : (byte)0);
        builder.Byte(2, (byte)tag);
        return builder.EndTable();
    }

    private static int WriteEncoding(FlatBuilder builder, ArrowType index, int id)
    {
        int type = WriteType(builder, index, out _);
        builder.BeginTable(4);
        builder.Int64(0, id);
        builder.Reference(1, type);
        return builder.EndTable();
    }

    private static int WriteType(FlatBuilder builder, ArrowType type, out TypeTag tag)
    {
        int zone = type.TimeZone is { } name ? builder.Text(name) : 0;
        switch (type.Id)
        {
            case ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double:
                tag = TypeTag.FloatingPoint;
                builder.BeginTable(1);
                builder.Int16(0, type.Id switch
                {
                    ArrowTypeId.HalfFloat => HalfPrecision,
                    ArrowTypeId.Float => SinglePrecision,
                    _ => DoublePrecision,
                });
                break;
            case ArrowTypeId.Boolean:
                tag = TypeTag.Boolean;
                builder.BeginTable(0);
                break;
            case ArrowTypeId.Utf8:
                tag = TypeTag.Utf8;
                builder.BeginTable(0);
                break;
            case ArrowTypeId.FixedSizeList:
                tag = TypeTag.FixedSizeList;
                builder.BeginTable(1);
                builder.Int32(0, type.ListSize);
                break;
            case ArrowTypeId.Timestamp:
                tag = TypeTag.Timestamp;
                builder.BeginTable(2);
                if (zone != 0)
                    builder.Reference(1, zone);
                builder.Int16(0, (short)type.Unit);
                break;
            default:
                tag = TypeTag.Integer;
                builder.BeginTable(2);
                builder.Int32(0, type.ByteWidth * 8);
                builder.Byte(1, 1);
                break;
        }

        return builder.EndTable();
    }
}
