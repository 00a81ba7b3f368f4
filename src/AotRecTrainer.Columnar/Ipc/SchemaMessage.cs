using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes and reads the message that a stream begins with.</summary>
internal static partial class SchemaMessage
{
    private const short HalfPrecision = 0;
    private const short SinglePrecision = 1;
    private const short DoublePrecision = 2;

    // A table, its head and the reference to it.
    private const int SmallestField = 16;

    /// <summary>Reads the schema table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="messageBytes">Bytes of the message it is in: references may meet in one place, but what they say must fit.</param>
    /// <param name="dictionaries">By column: the number of its dictionary.</param>
    public static Schema Read(FlatTable table, int messageBytes, out long[] dictionaries)
    {
        if (table.Int16(0) != 0)
            throw new ArrowFormatException("schema: big-endian streams are not supported");
        int count = table.Count(1, 4);
        if (count > messageBytes / SmallestField)
            throw new ArrowFormatException($"schema: {count} columns in {messageBytes} bytes");
        Field[] fields = new Field[count];
        dictionaries = new long[count];
        long text = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = ReadField(table.TableAt(1, i), out dictionaries[i]);
            CheckText(text += fields[i].Name.Length + (fields[i].Type.TimeZone?.Length ?? 0), messageBytes);
        }

        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        for (int i = 0; i < table.Count(2, 4); i++)
        {
            FlatTable pair = table.TableAt(2, i);
            string key = pair.Text(0);
            metadata[key] = pair.Text(1);
            CheckText(text += key.Length + metadata[key].Length, messageBytes);
        }

        return new Schema(fields, metadata);
    }

    private static void CheckText(long length, int messageBytes)
    {
        if (length > messageBytes)
            throw new ArrowFormatException($"schema: {length} characters in {messageBytes} bytes");
    }

    private static Field ReadField(FlatTable table, out long dictionary)
    {
        string name = table.Text(0);
        dictionary = 0;
        ArrowType type = (TypeTag)table.Byte(2) == TypeTag.FixedSizeList ? ReadList(table, name) : ReadType(table, name);
        if (table.Has(4))
        {
            FlatTable encoding = table.Table(4);
            dictionary = encoding.Int64(0);
            ArrowType index = encoding.Has(1) ? ReadInteger(encoding.Table(1), name) : ArrowType.Int32;
            if (index == ArrowType.Int64 || (type != ArrowType.Utf8 && type.ByteWidth == 0))
                throw new ArrowFormatException($"column {name}: a dictionary of {type} by {index} is not supported");
            type = ArrowType.Dictionary(index, type);
        }

        return new Field(name, type, table.Byte(1) != 0);
    }

    private static ArrowType ReadList(FlatTable table, string name)
    {
        int size = table.Table(3).Int32(0);
        if (table.Count(5, 4) != 1)
            throw new ArrowFormatException($"column {name}: a list with {table.Count(5, 4)} kinds of elements, expected one");
        FlatTable child = table.TableAt(5, 0);
        ArrowType element = ReadType(child, name);
        if (element.ByteWidth == 0 || size < 1 || child.Has(4))
            throw new ArrowFormatException($"column {name}: lists of {size} {element} are not supported");
        return ArrowType.FixedSizeList(element, size);
    }

    private static ArrowType ReadType(FlatTable field, string name)
    {
        TypeTag tag = (TypeTag)field.Byte(2);
        return tag switch
        {
            TypeTag.Integer => ReadInteger(field.Table(3), name),
            TypeTag.FloatingPoint => field.Table(3).Int16(0) switch
            {
                HalfPrecision => ArrowType.HalfFloat,
                SinglePrecision => ArrowType.Float,
                DoublePrecision => ArrowType.Double,
                short precision => throw new ArrowFormatException($"column {name}: numbers of precision {precision} are not supported"),
            },
            TypeTag.Utf8 => ArrowType.Utf8,
            TypeTag.Boolean => ArrowType.Boolean,
            TypeTag.Timestamp => ReadTimestamp(field.Table(3), name),
            _ => throw new ArrowFormatException($"column {name}: type {tag} is not supported"),
        };
    }

    private static ArrowType ReadInteger(FlatTable integer, string name) => (integer.Int32(0), integer.Byte(1) != 0) switch
    {
        (8, true) => ArrowType.Int8,
        (16, true) => ArrowType.Int16,
        (32, true) => ArrowType.Int32,
        (64, true) => ArrowType.Int64,
        (int bits, bool signed) =>
            throw new ArrowFormatException($"column {name}: {(signed ? "" : "un")}signed integers of {bits} bits are not supported"),
    };

    private static ArrowType ReadTimestamp(FlatTable timestamp, string name)
    {
        short unit = timestamp.Int16(0);
        string zone = timestamp.Text(1);
        return unit is >= (short)TimeUnit.Second and <= (short)TimeUnit.Nanosecond
            ? ArrowType.Timestamp((TimeUnit)unit, zone.Length == 0 ? null : zone)
            : throw new ArrowFormatException($"column {name}: timestamps in unit {unit} are not supported");
    }
}
