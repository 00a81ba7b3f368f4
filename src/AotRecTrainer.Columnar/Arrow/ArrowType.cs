using System.Diagnostics.CodeAnalysis;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The type of a column. Two types are equal when all their parts are.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are Arrow's own names of its types.")]
public sealed record ArrowType
{
    private ArrowType(ArrowTypeId id) => Id = id;

    /// <summary>Signed integers of one byte.</summary>
    public static ArrowType Int8 { get; } = new(ArrowTypeId.Int8);

    /// <summary>Signed integers of two bytes.</summary>
    public static ArrowType Int16 { get; } = new(ArrowTypeId.Int16);

    /// <summary>Signed integers of four bytes.</summary>
    public static ArrowType Int32 { get; } = new(ArrowTypeId.Int32);

    /// <summary>Signed integers of eight bytes.</summary>
    public static ArrowType Int64 { get; } = new(ArrowTypeId.Int64);

    /// <summary>Numbers of two bytes.</summary>
    public static ArrowType HalfFloat { get; } = new(ArrowTypeId.HalfFloat);

    /// <summary>Numbers of four bytes.</summary>
    public static ArrowType Float { get; } = new(ArrowTypeId.Float);

    /// <summary>Numbers of eight bytes.</summary>
    public static ArrowType Double { get; } = new(ArrowTypeId.Double);

    /// <summary>Truth values, one bit each.</summary>
    public static ArrowType Boolean { get; } = new(ArrowTypeId.Boolean);

    /// <summary>Text in UTF-8.</summary>
    public static ArrowType Utf8 { get; } = new(ArrowTypeId.Utf8);

    /// <summary>Which kind of type this is.</summary>
    public ArrowTypeId Id { get; }

    /// <summary>The type of a list's elements, or of a dictionary's values; null for everything else.</summary>
    public ArrowType? Element { get; private init; }

    /// <summary>How many elements every list has; 0 for everything but lists.</summary>
    public int ListSize { get; private init; }

    /// <summary>The type of the indices into a dictionary; null for everything but dictionaries.</summary>
    public ArrowType? Index { get; private init; }

    /// <summary>What a timestamp counts; meaningless for everything but timestamps.</summary>
    public TimeUnit Unit { get; private init; }

    /// <summary>
    /// For timestamps: null where they count from midnight of 1 January 1970 on a clock on the wall, and a time zone's name, most often
    /// UTC, where they count from that moment in UTC.
    /// </summary>
    public string? TimeZone { get; private init; }

    /// <summary>The type of what stands in the buffer of values: of lists their elements, of dictionaries the indices.</summary>
    internal ArrowType Stored => Id switch
    {
        ArrowTypeId.FixedSizeList => Element!,
        ArrowTypeId.Dictionary => Index!,
        _ => this,
    };

    /// <summary>How many stored values each row has.</summary>
    internal int ValuesPerRow => Math.Max(1, ListSize);

    /// <summary>Bytes of one value of a number type; 0 for all others.</summary>
    internal int ByteWidth => Id switch
    {
        ArrowTypeId.Int8 => 1,
        ArrowTypeId.Int16 or ArrowTypeId.HalfFloat => 2,
        ArrowTypeId.Int32 or ArrowTypeId.Float => 4,
        ArrowTypeId.Int64 or ArrowTypeId.Double or ArrowTypeId.Timestamp => 8,
        _ => 0,
    };

    /// <summary>Lists of <paramref name="size"/> elements each.</summary>
    /// <param name="element">The type of the elements: one of the number types.</param>
    /// <param name="size">How many elements every list has; at least 1.</param>
    /// <exception cref="ArgumentException">The element is not a number type.</exception>
    public static ArrowType FixedSizeList(ArrowType element, int size)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (element.ByteWidth == 0)
            throw new ArgumentException($"A list of {element} is not supported; expected a number type.", nameof(element));
        return new ArrowType(ArrowTypeId.FixedSizeList) { Element = element, ListSize = size };
    }

    /// <summary>Indices into a dictionary.</summary>
    /// <param name="index">The type of the indices: signed integers of one to four bytes.</param>
    /// <param name="value">The type of what they stand for: text or one of the number types.</param>
    /// <exception cref="ArgumentException">A type is not one of these.</exception>
    public static ArrowType Dictionary(ArrowType index, ArrowType value)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(value);
        if (index.Id is not (ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32))
            throw new ArgumentException($"Dictionary indices of {index} are not supported; expected Int8, Int16 or Int32.", nameof(index));
        if (value.Id != ArrowTypeId.Utf8 && value.ByteWidth == 0)
            throw new ArgumentException($"A dictionary of {value} is not supported; expected text or a number type.", nameof(value));
        return new ArrowType(ArrowTypeId.Dictionary) { Index = index, Element = value };
    }

    /// <summary>Moments, stored as integers of eight bytes.</summary>
    /// <param name="unit">What they count.</param>
    /// <param name="timeZone">As <see cref="TimeZone"/> has it.</param>
    public static ArrowType Timestamp(TimeUnit unit, string? timeZone = null) =>
        new(ArrowTypeId.Timestamp) { Unit = unit, TimeZone = timeZone };

    /// <summary>The type as text: <c>Int32</c>, <c>FixedSizeList(Float, 10)</c>, <c>Timestamp(Microsecond, UTC)</c>.</summary>
    public override string ToString() => Id switch
    {
        ArrowTypeId.FixedSizeList => $"{Id}({Element}, {ListSize})",
        ArrowTypeId.Dictionary => $"{Id}({Index}, {Element})",
        ArrowTypeId.Timestamp => TimeZone is null ? $"{Id}({Unit})" : $"{Id}({Unit}, {TimeZone})",
        _ => Id.ToString(),
    };

    /// <summary>Whether <typeparamref name="T"/> is how .NET holds one value of this number type.</summary>
    internal bool IsStoredAs<T>()
        where T : unmanaged => Id switch
        {
            ArrowTypeId.Int8 => typeof(T) == typeof(sbyte),
            ArrowTypeId.Int16 => typeof(T) == typeof(short),
            ArrowTypeId.Int32 => typeof(T) == typeof(int),
            ArrowTypeId.Int64 or ArrowTypeId.Timestamp => typeof(T) == typeof(long),
            ArrowTypeId.HalfFloat => typeof(T) == typeof(Half),
            ArrowTypeId.Float => typeof(T) == typeof(float),
            ArrowTypeId.Double => typeof(T) == typeof(double),
            _ => false,
        };
}
