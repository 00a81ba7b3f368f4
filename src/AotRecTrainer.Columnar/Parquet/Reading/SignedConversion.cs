using System.Numerics;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Signed integers of fewer bits, which stand in the file as 32.</summary>
internal readonly struct SignedConversion<T> : IConversion<uint, T>
    where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
{
    public static bool TryConvert(uint stored, out T value)
    {
        value = T.CreateTruncating((int)stored);
        return int.CreateTruncating(value) == (int)stored;
    }
}
