namespace AotRecTrainer.Columnar.Arrow;

/// <summary>Columns of the same length. The batch owns its columns.</summary>
public sealed class RecordBatch : IDisposable
{
    /// <summary>Makes a batch and takes ownership of the columns.</summary>
    /// <param name="schema">Names and types.</param>
    /// <param name="columns">One column per field, all of the same length.</param>
    /// <exception cref="ArgumentException">The columns do not fit the schema or each other.</exception>
    public RecordBatch(Schema schema, IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count != schema.Fields.Count)
            throw new ArgumentException($"Found {columns.Count} columns, expected {schema.Fields.Count}.", nameof(columns));
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Field != schema.Fields[i])
                throw new ArgumentException($"Column {i} is {columns[i].Field}, expected {schema.Fields[i]}.", nameof(columns));
            if (columns[i].Length != columns[0].Length)
            {
                throw new ArgumentException(
                    $"Column {columns[i].Field.Name} has {columns[i].Length} rows, expected {columns[0].Length}.", nameof(columns));
            }
        }

        Schema = schema;
        Columns = Array.AsReadOnly([.. columns]);
        Length = columns.Count == 0 ? 0 : columns[0].Length;
    }

    /// <summary>Names and types.</summary>
    public Schema Schema { get; }

    /// <summary>Rows.</summary>
    public int Length { get; }

    /// <summary>The columns in the schema's order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The first column of that name.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Column this[string name]
    {
        get
        {
            int index = Schema.IndexOf(name);
            return index >= 0
                ? Columns[index]
                : throw new ArgumentException(
                    $"No column {name}; the batch has {string.Join(", ", Schema.Fields.Select(f => f.Name))}.", nameof(name));
        }
    }

    /// <summary>Disposes the columns.</summary>
    public void Dispose()
    {
        foreach (Column column in Columns)
            column.Dispose();
    }
}
