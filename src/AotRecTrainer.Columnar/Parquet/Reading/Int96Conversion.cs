namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Moments of 96 bits, which become nanoseconds since 1970; those before 1677 or behind 2262 do not fit.</summary>
internal readonly struct Int96Conversion : IConversion<Int96, long>
{
    private const int JulianDayOf1970 = 2_440_588;
    private const long NanosecondsPerDay = 86_400_000_000_000;

    public static bool TryConvert(Int96 stored, out long value)
    {
        Int128 nanoseconds = ((Int128)((long)stored.JulianDay - JulianDayOf1970) * NanosecondsPerDay) + stored.Nanoseconds;
        value = (long)nanoseconds;
        return value == nanoseconds;
    }
}
