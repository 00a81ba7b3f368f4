namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>What readers can know of a column chunk without reading it.</summary>
/// <param name="Nulls">Rows without a value.</param>
/// <param name="Smallest">The smallest value in plain encoding; null when there is none that could be compared.</param>
/// <param name="Largest">The largest value likewise.</param>
internal sealed record ChunkStatistics(long Nulls, byte[]? Smallest, byte[]? Largest)
{
    public void Write(ThriftWriter writer, int id)
    {
        writer.BeginStructure(id);
        writer.Int64(3, Nulls);
        if (Smallest is not null && Largest is not null)
        {
            writer.Binary(5, Largest);
            writer.Binary(6, Smallest);
        }

        writer.EndStructure();
    }
}
