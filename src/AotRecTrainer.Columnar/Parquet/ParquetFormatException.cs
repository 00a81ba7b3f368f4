namespace AotRecTrainer.Columnar.Parquet;

/// <summary>A Parquet file is damaged, cut short, or uses something this library does not read.</summary>
/// <param name="message">What was found, what was expected and where, such as "row group 2, column item: 41 values, expected 50".</param>
public sealed class ParquetFormatException(string message) : Exception(OneLine.Of(message));
