using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The buffers of a column that is being read; disposed unless they become a column.</summary>
internal sealed class ColumnBuffers : IDisposable
{
    /// <summary>One bit per row; null where no value can be missing.</summary>
    public NativeBuffer? Validity { get; set; }

    public NativeBuffer? Values { get; set; }

    /// <summary>Text only: where each row's bytes start.</summary>
    public NativeBuffer? Offsets { get; set; }

    /// <summary>Hands the buffers over to a column.</summary>
    public Column ToColumn(Field field, int rows, int nulls)
    {
        if (nulls == 0)
        {
            Validity?.Dispose();
            Validity = null;
        }

        Column column = new(field, rows, nulls, Validity, Values!, Offsets);
        Validity = Values = Offsets = null;
        return column;
    }

    public void Dispose()
    {
        Validity?.Dispose();
        Values?.Dispose();
        Offsets?.Dispose();
    }
}
