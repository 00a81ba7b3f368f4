using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The columns that are wanted of a file.</summary>
/// <param name="Schema">What the batches have.</param>
/// <param name="Columns">Where they are in the file, in the same order.</param>
internal sealed record Projection(Schema Schema, IReadOnlyList<LeafColumn> Columns)
{
    /// <summary>Chooses columns.</summary>
    /// <param name="footer">The file's.</param>
    /// <param name="schema">What can be read of it.</param>
    /// <param name="names">Which; null means all.</param>
    /// <exception cref="ParquetFormatException">One of them cannot be read, or is not there.</exception>
    public static Projection Choose(FileFooter footer, Schema schema, IReadOnlyList<string>? names)
    {
        if (names is { Count: 0 })
            throw new ArgumentException("No columns; expected at least one, or null for all.", nameof(names));
        LeafColumn[] columns = names is null ? [.. footer.Columns] : [.. names.Select(name => Find(footer, name))];
        foreach (LeafColumn column in columns)
        {
            if (column.Problem is { } problem)
            {
                throw new ParquetFormatException(
                    $"column {column.Name}: {problem}" + (names is null ? "; other columns can be read by their names" : ""));
            }
        }

        return new Projection(new Schema([.. columns.Select(column => column.Field!)], schema.Metadata), columns);
    }

    private static LeafColumn Find(FileFooter footer, string name) =>
        footer.Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal))
        ?? throw new ParquetFormatException(
            $"column {name}: not in the file, which has {string.Join(", ", footer.Columns.Select(column => column.Name))}");
}
