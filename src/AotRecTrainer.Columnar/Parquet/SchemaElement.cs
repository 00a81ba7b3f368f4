using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>One entry of the footer's schema: the root, or a column.</summary>
internal sealed record SchemaElement(
    string Name, PhysicalType? Type, int Repetition, int Children, ConvertedType Converted)
{
    public const int Required = 0;
    public const int Optional = 1;

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
            _ => null,
        };
        return types is { } found
            ? new SchemaElement(field.Name, found.Type, field.Nullable ? Optional : Required, 0, found.Converted)
            : null;
    }

    /// <summary>The column this entry stands for.</summary>
    /// <exception cref="ParquetFormatException">It is nested, repeated, or of a type this library does not read.</exception>
    public Field ToField()
    {
        if (Children != 0 || Type is null)
            throw new ParquetFormatException($"column {Name}: nested columns are not supported");
        if (Repetition is not (Required or Optional))
            throw new ParquetFormatException($"column {Name}: repeated columns are not supported (repetition {Repetition})");
        ArrowType? type = (Type, Converted) switch
        {
            (PhysicalType.Int32, ConvertedType.Int8) => ArrowType.Int8,
            (PhysicalType.Int32, ConvertedType.Int16) => ArrowType.Int16,
            (PhysicalType.Int32, ConvertedType.Decimal or ConvertedType.UnsignedInt32) => null,
            (PhysicalType.Int32, _) => ArrowType.Int32,
            (PhysicalType.Int64, ConvertedType.Decimal or ConvertedType.UnsignedInt64) => null,
            (PhysicalType.Int64, _) => ArrowType.Int64,
            (PhysicalType.Float, _) => ArrowType.Float,
            (PhysicalType.Double, _) => ArrowType.Double,
            (PhysicalType.Boolean, _) => ArrowType.Boolean,
            (PhysicalType.ByteArray, ConvertedType.Utf8 or ConvertedType.Enumeration or ConvertedType.Json) => ArrowType.Utf8,
            _ => null,
        };
        return type is null
            ? throw new ParquetFormatException($"column {Name}: type {Type} standing for {Converted} is not supported")
            : new Field(Name, type, Repetition == Optional);
    }
}
