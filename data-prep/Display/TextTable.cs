namespace AotRecTrainer.DataPrep.Display;

/// <summary>Rows of cells as lines with aligned columns.</summary>
internal static class TextTable
{
    /// <summary>The lines: the heads, then a line for every row; cells stand at the right of their column.</summary>
    public static IEnumerable<string> Lines(string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows];
        int[] widths = [.. Enumerable.Range(0, heads.Length).Select(column => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))));
    }
}
