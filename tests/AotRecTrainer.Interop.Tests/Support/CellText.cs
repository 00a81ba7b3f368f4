using System.Globalization;
using System.Text.Json.Nodes;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>Values as text that keeps every bit, as <c>node/cells.mjs</c> has them.</summary>
internal static class CellText
{
    /// <summary>The columns of a batch for the other side to write.</summary>
    public static JsonNode Batch(RecordBatch batch) => new JsonArray([.. batch.Columns.Select(column => (JsonNode)new JsonObject
    {
        ["name"] = column.Field.Name,
        ["type"] = column.Field.Type.ToString(),
        ["nullable"] = column.Field.Nullable,
        ["cells"] = Cells(column),
    })]);

    /// <summary>The values of a column.</summary>
    public static JsonArray Cells(Column column) => new([.. ColumnCells.Of(column).Select(ToJson)]);

    /// <summary>A value that the other side sent, as a column of the type has it.</summary>
    public static object? Parse(JsonNode? cell, ArrowType type)
    {
        if (cell is null)
            return null;
        if (type.Id == ArrowTypeId.Dictionary)
            return Parse(cell, type.Element!);
        if (cell is JsonArray list)
            return list.Select(element => Parse(element, type.Element!)).ToArray();
        string text = cell.GetValue<string>();
        return type.Id switch
        {
            ArrowTypeId.Int8 => sbyte.Parse(text, CultureInfo.InvariantCulture),
            ArrowTypeId.Int16 => short.Parse(text, CultureInfo.InvariantCulture),
            ArrowTypeId.Int32 => int.Parse(text, CultureInfo.InvariantCulture),
            ArrowTypeId.Int64 or ArrowTypeId.Timestamp => long.Parse(text, CultureInfo.InvariantCulture),

            // JavaScript has doubles only: each is exactly the float it was made of.
            ArrowTypeId.Float => (float)double.Parse(text, CultureInfo.InvariantCulture),
            ArrowTypeId.Double => double.Parse(text, CultureInfo.InvariantCulture),
            ArrowTypeId.Boolean => bool.Parse(text),
            _ => text,
        };
    }

    private static JsonNode? ToJson(object? cell) => cell switch
    {
        null => null,
        object?[] list => new JsonArray([.. list.Select(ToJson)]),
        float number => ((double)number).ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)cell,
    };
}
