using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>
/// What values stand for, as new writers say it; old ones have <see cref="ConvertedType"/> only. Told apart is what changes how values
/// are read.
/// </summary>
internal readonly record struct LogicalType(bool IsKnown, ConvertedType Converted, ArrowType? Timestamp = null)
{
    private const int Text = 1;
    private const int Enumeration = 4;
    private const int Decimal = 5;
    private const int Date = 6;
    private const int Time = 7;
    private const int TimestampId = 8;
    private const int Integer = 10;
    private const int Json = 12;
    private const int Bson = 13;

    /// <summary>Reads the union.</summary>
    public static LogicalType Read(ref ThriftReader reader)
    {
        LogicalType found = default;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            if (id == Integer && field == ThriftType.Structure)
            {
                found = new LogicalType(IsKnown: true, ReadInteger(ref reader));
            }
            else if (id == TimestampId && field == ThriftType.Structure)
            {
                found = new LogicalType(IsKnown: true, ConvertedType.None, ReadTimestamp(ref reader));
            }
            else
            {
                ConvertedType converted = id switch
                {
                    Text => ConvertedType.Utf8,
                    Enumeration => ConvertedType.Enumeration,
                    Decimal => ConvertedType.Decimal,
                    Date => ConvertedType.Date,
                    Time => ConvertedType.TimeMicroseconds,
                    Json => ConvertedType.Json,
                    Bson => ConvertedType.Bson,
                    _ => ConvertedType.None,
                };
                found = new LogicalType(converted != ConvertedType.None, converted);
                reader.Skip(field);
            }
        }

        reader.Leave();
        return found;
    }

    /// <summary>Writes the union that goes with a column's entry, if there is something to say.</summary>
    public static void Write(ThriftWriter writer, SchemaElement element)
    {
        if (element.Converted == ConvertedType.None && element.Timestamp is null)
            return;
        writer.BeginStructure(10);
        if (element.Timestamp is { } timestamp)
        {
            writer.BeginStructure(TimestampId);
            writer.Boolean(1, timestamp.TimeZone is not null);
            writer.BeginStructure(2);
            writer.BeginStructure((int)timestamp.Unit);
            writer.EndStructure();
            writer.EndStructure();
        }
        else if (element.Converted == ConvertedType.Utf8)
        {
            writer.BeginStructure(Text);
        }
        else
        {
            writer.BeginStructure(Integer);
            writer.Int8(1, (sbyte)(element.Converted == ConvertedType.Int8 ? 8 : 16));
            writer.Boolean(2, true);
        }

        writer.EndStructure();
        writer.EndStructure();
    }

    private static ConvertedType ReadInteger(ref ThriftReader reader)
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

    private static ArrowType ReadTimestamp(ref ThriftReader reader)
    {
        bool utc = true;
        int unit = 0;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            if (id == 1)
                utc = reader.Boolean(field);
            else if (id == 2 && field == ThriftType.Structure)
                unit = ReadUnit(ref reader);
            else
                reader.Skip(field);
        }

        reader.Leave();
        return unit is >= 1 and <= 3
            ? ArrowType.Timestamp((TimeUnit)unit, utc ? "UTC" : null)
            : throw reader.Failure($"timestamps in unit {unit}");
    }

    // The units' numbers are those of TimeUnit; there are no seconds.
    private static int ReadUnit(ref ThriftReader reader)
    {
        int unit = 0;
        reader.Enter();
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            unit = id;
            reader.Skip(field);
        }

        reader.Leave();
        return unit;
    }
}
