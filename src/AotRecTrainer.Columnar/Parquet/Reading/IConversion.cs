namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>How a value of a file becomes one of a column.</summary>
internal interface IConversion<TStored, TValue>
    where TStored : unmanaged
    where TValue : unmanaged
{
    /// <summary>Converts; false when the column cannot hold the value.</summary>
    static abstract bool TryConvert(TStored stored, out TValue value);
}
