namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>A row group as the footer describes it.</summary>
internal sealed record RowGroup(long Rows, IReadOnlyList<ColumnChunk> Columns);
