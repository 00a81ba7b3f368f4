using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>A column that has values of its own in the file.</summary>
/// <param name="Index">Which of the file's column chunks in every row group.</param>
/// <param name="Name">Its name; of a nested one the names on the way to it with dots between.</param>
/// <param name="Element">What the footer says of it.</param>
/// <param name="Field">What it is to us; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal sealed record LeafColumn(int Index, string Name, SchemaElement Element, Field? Field, string? Problem);
