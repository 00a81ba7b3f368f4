using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Testing;

/// <summary>The values of columns one by one, so that tables from different hands can be held against each other.</summary>
internal static class ColumnCells
{
    /// <summary>One entry per row: null, or a boxed number, truth value or text; for lists an array of such.</summary>
    public static object?[] Of(Column column)
    {
        object?[] cells = new object?[column.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = column.IsNull(i) ? null : Cell(column, i);
        return cells;
    }

    /// <summary>The values of the column at <paramref name="index"/> in all batches, one batch after the other.</summary>
    public static object?[] Of(IEnumerable<RecordBatch> batches, int index) => [.. batches.SelectMany(batch => Of(batch.Columns[index]))];

    /// <summary>Says where the first difference is; null where there is none. Numbers are the same when their bits are, or both are NaN.</summary>
    public static string? FirstDifference(IReadOnlyList<object?> expected, IReadOnlyList<object?> actual)
    {
        if (expected.Count != actual.Count)
            return $"{actual.Count} rows, expected {expected.Count}";
        for (int i = 0; i < expected.Count; i++)
        {
            if (!Same(expected[i], actual[i]))
                return $"row {i}: {Show(actual[i])}, expected {Show(expected[i])}";
        }

        return null;
    }

    private static object Cell(Column column, int row)
    {
        ArrowType type = column.Field.Type;
        if (column.Dictionary is { } dictionary)
            return Cell(dictionary, column.GetDictionaryIndex(row));
        if (type.Element is { } element)
            return Enumerable.Range(row * type.ListSize, type.ListSize).Select(i => Number(column, element.Id, i)).ToArray();
        return type.Id switch
        {
            ArrowTypeId.Boolean => column.GetBoolean(row),
            ArrowTypeId.Utf8 => column.GetString(row)!,
            _ => Number(column, type.Id, row),
        };
    }

    private static object Number(Column column, ArrowTypeId type, int index) => type switch
    {
        ArrowTypeId.Int8 => (object)column.Values<sbyte>()[index],
        ArrowTypeId.Int16 => column.Values<short>()[index],
        ArrowTypeId.Int32 => column.Values<int>()[index],
        ArrowTypeId.Int64 or ArrowTypeId.Timestamp => column.Values<long>()[index],
        ArrowTypeId.Float => column.Values<float>()[index],
        ArrowTypeId.Double => column.Values<double>()[index],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a number type."),
    };

    private static bool Same(object? expected, object? actual) => (expected, actual) switch
    {
        (float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b)),
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b)),
        (object?[] a, object?[] b) => FirstDifference(a, b) is null,
        _ => Equals(expected, actual),
    };

    private static string Show(object? cell) => cell switch
    {
        null => "null",
        string text => $"\"{text}\"",
        object?[] list => $"[{string.Join(", ", list.Select(Show))}]",
        _ => $"{cell} ({cell.GetType().Name})",
    };
}
