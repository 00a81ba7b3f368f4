using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Columns of numbers, whatever their width.</summary>
internal static class BatchNumbers
{
    /// <summary>Whether a type is one of integers.</summary>
    public static bool AreIntegers(ArrowType type) =>
        type.Id is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64;

    /// <summary>Whether ratings can be of a type.</summary>
    public static bool CanBeRatings(ArrowType type) => AreIntegers(type) || type.Id is ArrowTypeId.Float or ArrowTypeId.Double;

    /// <summary>Whether timestamps can be of a type.</summary>
    public static bool CanBeTimestamps(ArrowType type) => AreIntegers(type) || type.Id == ArrowTypeId.Timestamp;

    /// <summary>The values of a column of integers; where one is missing, any.</summary>
    public static long[] Integers(Column column) => column.Field.Type.Id switch
    {
        ArrowTypeId.Int8 => Convert(column.Values<sbyte>(), value => (long)value),
        ArrowTypeId.Int16 => Convert(column.Values<short>(), value => (long)value),
        ArrowTypeId.Int32 => Convert(column.Values<int>(), value => (long)value),
        _ => column.Values<long>().ToArray(),
    };

    /// <summary>The values of a column of numbers as ratings.</summary>
    public static float[] Ratings(Column column) => column.Field.Type.Id switch
    {
        ArrowTypeId.Float => column.Values<float>().ToArray(),
        ArrowTypeId.Double => Convert(column.Values<double>(), value => (float)value),
        _ => Array.ConvertAll(Integers(column), value => (float)value),
    };

    /// <summary>The values of a column as seconds since 1970; integers without a unit are taken for that.</summary>
    public static long[] Timestamps(Column column)
    {
        long perSecond = column.Field.Type is not { Id: ArrowTypeId.Timestamp } type ? 1 : type.Unit switch
        {
            TimeUnit.Millisecond => 1_000,
            TimeUnit.Microsecond => 1_000_000,
            TimeUnit.Nanosecond => 1_000_000_000,
            _ => 1,
        };
        long[] values = Integers(column);
        return perSecond == 1 ? values : Array.ConvertAll(values, value => Floor(value, perSecond));
    }

    private static long Floor(long value, long divisor)
    {
        (long quotient, long remainder) = Math.DivRem(value, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static TResult[] Convert<T, TResult>(ReadOnlySpan<T> values, Func<T, TResult> convert)
    {
        var converted = new TResult[values.Length];
        for (int index = 0; index < converted.Length; index++)
        {
            converted[index] = convert(values[index]);
        }

        return converted;
    }
}
