using System.Text.Json.Nodes;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>A table as somebody else's reader has it.</summary>
internal sealed class ForeignTable(JsonNode json)
{
    private readonly JsonArray _columns = json["columns"]!.AsArray();

    public IReadOnlyList<string> Names => [.. _columns.Select(column => (string)column!["name"]!)];

    /// <summary>The types in the other reader's words.</summary>
    public IReadOnlyList<string> Types => [.. _columns.Select(column => (string)column!["type"]!)];

    /// <summary>How many batches there were; Arrow only.</summary>
    public int Batches => (int)json["batches"]!;

    /// <summary>The schema's notes; Arrow only.</summary>
    public IReadOnlyDictionary<string, string> Metadata =>
        json["metadata"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal);

    /// <summary>The values of a column as text.</summary>
    public IReadOnlyList<string?> Texts(int column) => [.. Cells(column).Select(cell => (string?)cell)];

    /// <summary>The table must have our columns' names, and the values of every <paramref name="step"/>-th of our rows.</summary>
    public void AssertSame(Schema schema, IReadOnlyList<RecordBatch> ours, string hint, int step = 1)
    {
        Assert.Equal(schema.Fields.Select(field => field.Name), Names);
        for (int c = 0; c < schema.Fields.Count; c++)
        {
            ArrowType type = schema.Fields[c].Type;
            object?[] theirs = [.. Cells(c).Select(cell => CellText.Parse(cell, type))];
            object?[] sample = [.. ColumnCells.Of(ours, c).Where((_, row) => row % step == 0)];
            string? difference = ColumnCells.FirstDifference(theirs, sample);
            Assert.True(difference is null, $"{hint}, column {schema.Fields[c]}: {difference}");
        }
    }

    private JsonArray Cells(int column) => _columns[column]!["cells"]!.AsArray();
}
