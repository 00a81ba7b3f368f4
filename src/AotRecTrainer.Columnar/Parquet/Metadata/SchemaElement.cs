using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>One entry of the footer's schema: the root, a group, or a column.</summary>
internal sealed record SchemaElement(string Name, PhysicalType? Type, int Repetition, int Children)
{
    public const int Required = 0;
    public const int Optional = 1;

    /// <summary>What the values stand for.</summary>
    public ConvertedType Converted { get; init; } = ConvertedType.None;

    /// <summary>The type of timestamps, which say more about themselves than <see cref="Converted"/> can; null for all others.</summary>
    public ArrowType? Timestamp { get; init; }

    /// <summary>The entry for a column; null when the type has no place in a flat file.</summary>
    public static SchemaElement? FromField(Field field)
    {
        (PhysicalType Type, ConvertedType Converted)? types = field.Type.Id switch
        {
            ArrowTypeId.Int8 => (PhysicalType.Int32, ConvertedType.Int8),
            ArrowTypeId.Int16 => (PhysicalType.Int32, ConvertedType.Int16),
            ArrowTypeId.Int32 => (PhysicalType.Int32, ConvertedType.None),
            ArrowTypeId.Int64 => (PhysicalType.Int64, ConvertedType.None),
            ArrowTypeId.Float => (PhysicalType.Float, ConvertedType.None),
            ArrowTypeId.Double => (PhysicalType.Double, ConvertedType.None),
            ArrowTypeId.Boolean => (PhysicalType.Boolean, ConvertedType.None),
            ArrowTypeId.Utf8 => (PhysicalType.ByteArray, ConvertedType.Utf8),

            // The old types mean UTC, and know no other units; the new one says everything.
            ArrowTypeId.Timestamp when field.Type is { Unit: TimeUnit.Millisecond, TimeZone: not null } =>
                (PhysicalType.Int64, ConvertedType.TimestampMilliseconds),
            ArrowTypeId.Timestamp when field.Type is { Unit: TimeUnit.Microsecond, TimeZone: not null } =>
                (PhysicalType.Int64, ConvertedType.TimestampMicroseconds),
            ArrowTypeId.Timestamp when field.Type.Unit != TimeUnit.Second => (PhysicalType.Int64, ConvertedType.None),
            _ => null,
        };
        if (types is not { } found)
            return null;
        return new SchemaElement(field.Name, found.Type, field.Nullable ? Optional : Required, 0)
        {
            Converted = found.Converted,
            Timestamp = field.Type.Id == ArrowTypeId.Timestamp ? field.Type : null,
        };
    }

    /// <summary>The type of the column that this entry stands for; null when it cannot be read, and then why.</summary>
    public ArrowType? ToArrow(out string? problem)
    {
        ArrowType? type = (Type, Converted) switch
        {
            (PhysicalType.Int32, ConvertedType.None or ConvertedType.Int32) => ArrowType.Int32,
            (PhysicalType.Int32, ConvertedType.Int8) => ArrowType.Int8,
            (PhysicalType.Int32, ConvertedType.Int16 or ConvertedType.UnsignedInt8) => ArrowType.Int16,
            (PhysicalType.Int32, ConvertedType.UnsignedInt16) => ArrowType.Int32,
            (PhysicalType.Int32, ConvertedType.UnsignedInt32) => ArrowType.Int64,
            (PhysicalType.Int64, _) when Timestamp is not null => Timestamp,
            (PhysicalType.Int64, ConvertedType.None or ConvertedType.Int64 or ConvertedType.UnsignedInt64) => ArrowType.Int64,
            (PhysicalType.Int96, ConvertedType.None) => ArrowType.Timestamp(TimeUnit.Nanosecond),
            (PhysicalType.Float, ConvertedType.None) => ArrowType.Float,
            (PhysicalType.Double, ConvertedType.None) => ArrowType.Double,
            (PhysicalType.Boolean, ConvertedType.None) => ArrowType.Boolean,
            (PhysicalType.ByteArray, ConvertedType.Utf8 or ConvertedType.Enumeration or ConvertedType.Json) => ArrowType.Utf8,
            _ => null,
        };
        problem = (type, Type) switch
        {
            (not null, _) => null,
            (null, PhysicalType.ByteArray) when Converted == ConvertedType.None => "byte arrays that are not marked as text are not supported",
            (null, PhysicalType.FixedLengthByteArray) => "byte arrays of a fixed length are not supported",
            _ => $"{Type} standing for {Converted} is not supported",
        };
        return type;
    }
}
