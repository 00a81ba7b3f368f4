using System.Numerics;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Unsigned integers, which become the next wider signed ones; those of 64 bits must be below 2^63.</summary>
internal readonly struct UnsignedConversion<TStored, T> : IConversion<TStored, T>
    where TStored : unmanaged, IBinaryInteger<TStored>, IUnsignedNumber<TStored>
    where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
{
    public static bool TryConvert(TStored stored, out T value)
    {
        value = T.CreateTruncating(stored);
        return !T.IsNegative(value) && TStored.CreateTruncating(value) == stored;
    }
}
