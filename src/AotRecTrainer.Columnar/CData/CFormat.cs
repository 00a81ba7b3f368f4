using System.Globalization;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.CData;

/// <summary>Types as the C Data Interface's short texts.</summary>
internal static class CFormat
{
    /// <summary>A table.</summary>
    public const string Table = "+s";

    private const string ListPrefix = "+w:";

    public static string Of(ArrowType type) => type.Id switch
    {
        ArrowTypeId.Int8 => "c",
        ArrowTypeId.Int16 => "s",
        ArrowTypeId.Int32 => "i",
        ArrowTypeId.Int64 => "l",
        ArrowTypeId.HalfFloat => "e",
        ArrowTypeId.Float => "f",
        ArrowTypeId.Double => "g",
        ArrowTypeId.Boolean => "b",
        ArrowTypeId.Utf8 => "u",
        ArrowTypeId.FixedSizeList => $"{ListPrefix}{type.ListSize}",
        ArrowTypeId.Timestamp => $"ts{"smun"[(int)type.Unit]}:{type.TimeZone}",
        ArrowTypeId.Dictionary => Of(type.Index!),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of columns."),
    };

    /// <summary>The type of a column that is no list and has no dictionary; null when it is not supported.</summary>
    public static ArrowType? ToSimpleType(string format) => format switch
    {
        "c" => ArrowType.Int8,
        "s" => ArrowType.Int16,
        "i" => ArrowType.Int32,
        "l" => ArrowType.Int64,
        "e" => ArrowType.HalfFloat,
        "f" => ArrowType.Float,
        "g" => ArrowType.Double,
        "b" => ArrowType.Boolean,
        "u" => ArrowType.Utf8,
        ['t', 's', 's' or 'm' or 'u' or 'n', ':', .. string zone] =>
            ArrowType.Timestamp((TimeUnit)"smun".IndexOf(format[2], StringComparison.Ordinal), zone.Length == 0 ? null : zone),
        _ => null,
    };

    /// <summary>How many elements every list of the type has; 0 when it is no list of a fixed size.</summary>
    public static int ListSize(string format) =>
        format.StartsWith(ListPrefix, StringComparison.Ordinal)
        && int.TryParse(format.AsSpan(ListPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? size
            : 0;
}
