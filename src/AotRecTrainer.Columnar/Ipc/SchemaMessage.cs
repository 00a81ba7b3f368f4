using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes and reads the message that a stream begins with.</summary>
internal static class SchemaMessage
{
    private const short SinglePrecision = 1;
    private const short DoublePrecision = 2;

    /// <summary>Writes the schema table and gives out its position.</summary>
    public static int Write(FlatBuilder builder, Schema schema)
    {
        int[] fields = [.. schema.Fields.Select(field => WriteField(builder, field))];
        int metadata = WriteMetadata(builder, schema.Metadata);
        int fieldVector = builder.References(fields);
        builder.BeginTable(4);
        builder.Reference(1, fieldVector);
        if (metadata != 0)
            builder.Reference(2, metadata);
        builder.Int16(0, 0);
        return builder.EndTable();
    }

    /// <summary>Reads the schema table.</summary>
    public static Schema Read(FlatTable table)
    {
        if (table.Int16(0) != 0)
            throw new ArrowFormatException("schema: big-endian streams are not supported");
        Field[] fields = new Field[table.Count(1, 4)];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = ReadField(table.TableAt(1, i));
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        for (int i = 0; i < table.Count(2, 4); i++)
        {
            FlatTable pair = table.TableAt(2, i);
            metadata[pair.Text(0)] = pair.Text(1);
        }

        return new Schema(fields, metadata);
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

    private static int WriteField(FlatBuilder builder, Field field)
    {
        int[] children = field.Type.Element is { } element ? [WriteField(builder, new Field("item", element))] : [];
        int childVector = builder.References(children);
        int name = builder.Text(field.Name);
        int type = WriteType(builder, field.Type, out TypeTag tag);
        builder.BeginTable(7);
        builder.Reference(0, name);
        builder.Reference(3, type);
        builder.Reference(5, childVector);
        builder.Byte(1, field.Nullable ? (byte)1 : (byte)0);
        builder.Byte(2, (byte)tag);
        return builder.EndTable();
    }

    private static int WriteType(FlatBuilder builder, ArrowType type, out TypeTag tag)
    {
        switch (type.Id)
        {
            case ArrowTypeId.Float or ArrowTypeId.Double:
                tag = TypeTag.FloatingPoint;
                builder.BeginTable(1);
                builder.Int16(0, type.Id == ArrowTypeId.Float ? SinglePrecision : DoublePrecision);
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
            default:
                tag = TypeTag.Integer;
                builder.BeginTable(2);
                builder.Int32(0, type.ByteWidth * 8);
                builder.Byte(1, 1);
                break;
        }

        return builder.EndTable();
    }

    private static Field ReadField(FlatTable table)
    {
        string name = table.Text(0);
        if (table.Has(4))
            throw new ArrowFormatException($"column {name}: dictionary encoding is not supported");
        ArrowType type;
        if ((TypeTag)table.Byte(2) == TypeTag.FixedSizeList)
        {
            int size = table.Table(3).Int32(0);
            if (table.Count(5, 4) != 1)
                throw new ArrowFormatException($"column {name}: a list with {table.Count(5, 4)} kinds of elements, expected one");
            FlatTable child = table.TableAt(5, 0);
            ArrowType? element = ReadType(child);
            if (element is null || element.ByteWidth == 0 || size < 1 || child.Has(4))
                throw new ArrowFormatException($"column {name}: lists of {size} {element} (type {child.Byte(2)}) are not supported");
            type = ArrowType.FixedSizeList(element, size);
        }
        else
        {
            type = ReadType(table) ?? throw new ArrowFormatException($"column {name}: type {table.Byte(2)} is not supported");
        }

        return new Field(name, type, table.Byte(1) != 0);
    }

    private static ArrowType? ReadType(FlatTable field)
    {
        switch ((TypeTag)field.Byte(2))
        {
            case TypeTag.Integer:
                FlatTable integer = field.Table(3);
                return (integer.Int32(0), integer.Byte(1) != 0) switch
                {
                    (8, true) => ArrowType.Int8,
                    (16, true) => ArrowType.Int16,
                    (32, true) => ArrowType.Int32,
                    (64, true) => ArrowType.Int64,
                    _ => null,
                };
            case TypeTag.FloatingPoint:
                return field.Table(3).Int16(0) switch
                {
                    SinglePrecision => ArrowType.Float,
                    DoublePrecision => ArrowType.Double,
                    _ => null,
                };
            case TypeTag.Utf8:
                return ArrowType.Utf8;
            case TypeTag.Boolean:
                return ArrowType.Boolean;
            default:
                return null;
        }
    }
}
