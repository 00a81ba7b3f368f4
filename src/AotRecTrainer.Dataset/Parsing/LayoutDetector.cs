using System.Text;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Finds the layout of a text by how it begins.</summary>
internal static class LayoutDetector
{
    public const string Expected = "ratings as u.data (tabs), ratings.dat (::) or ratings.csv (header userId,movieId,rating[,timestamp])";
    private const int FieldsMax = 1024;
    private static readonly string[] s_separators = ["\t", ",", ";", "|"];

    /// <summary>The layout of a text.</summary>
    /// <param name="beginning">The first lines, not empty.</param>
    /// <param name="columns">The columns that are meant.</param>
    /// <param name="textIds">Whether ids are text even where they look like integers.</param>
    /// <param name="problem">Null, or why there is no layout: what is wrong with the first line.</param>
    public static TextLayout? Detect(ReadOnlySpan<byte> beginning, ColumnNames columns, bool textIds, out string? problem)
    {
        problem = null;
        if (columns.AreGiven)
        {
            return OfHeader(beginning, columns, textIds, s_separators, out problem);
        }

        switch (FormatDetector.Detect(beginning))
        {
            case RatingsFormat.DoubleColon:
                return TextLayout.WithoutHeader("::") with { UserText = textIds, ItemText = textIds };
            case RatingsFormat.Tab:
                return OfHeader(beginning, columns, textIds, ["\t"], out _)
                    ?? TextLayout.WithoutHeader("\t") with { UserText = textIds, ItemText = textIds };
            case RatingsFormat.Csv:
                return OfHeader(beginning, columns, textIds, [","], out problem);
            default:
                problem = $"{Printable.Quote(FormatDetector.FirstLine(beginning))} has no separator, expected {Expected}";
                return null;
        }
    }

    private static TextLayout? OfHeader(
        ReadOnlySpan<byte> text, ColumnNames columns, bool textIds, ReadOnlySpan<string> separators, out string? problem)
    {
        int rows = 0, namesMax = -1;
        ReadOnlySpan<byte> header = LineReader.LineAt(text, ref rows);
        problem = null;
        foreach (string separator in separators)
        {
            string[] names = Names(header, separator, out string? broken);
            ColumnPlaces places = default;
            string? missing = broken ?? columns.Find(names, out places);
            if (missing is null)
            {
                problem = null;
                var layout = new TextLayout
                {
                    Separator = Encoding.ASCII.GetBytes(separator),
                    IsQuoted = true,
                    HasHeader = true,
                    Fields = names.Length,
                    Places = places,
                };
                return WithIdTypes(layout, names, text[rows..], textIds);
            }

            // The separator that finds the most names is the likeliest.
            if (names.Length > namesMax)
            {
                (namesMax, problem) = (names.Length, $"{Printable.Quote(header)}: {missing}");
            }
        }

        return null;
    }

    // MovieLens' own ids are integers; those of others are what the first of them looks like.
    private static TextLayout WithIdTypes(TextLayout layout, string[] names, ReadOnlySpan<byte> rows, bool textIds)
    {
        bool movieLens = names is ["userId", "movieId", "rating", ..];
        var fields = new Range[layout.Fields];
        int at = 0;
        ReadOnlySpan<byte> row = rows.IsEmpty ? rows : LineReader.LineAt(rows, ref at);
        bool whole = FieldSplitter.Split(row, layout.Separator, layout.IsQuoted, fields, out _) == layout.Fields;
        return layout with
        {
            UserText = textIds || (!movieLens && whole && !IsInteger(row[fields[layout.Places.User]])),
            ItemText = textIds || (!movieLens && whole && !IsInteger(row[fields[layout.Places.Item]])),
        };
    }

    // 007 is a text: as an integer it would lose its zeros.
    private static bool IsInteger(ReadOnlySpan<byte> field) =>
        RatingNumber.TryParseInteger(field, out long value) && (field[0] != '0' || (value == 0 && field.Length == 1));

    private static string[] Names(ReadOnlySpan<byte> header, string separator, out string? problem)
    {
        var fields = new Range[FieldsMax];
        int count = FieldSplitter.Split(header, Encoding.ASCII.GetBytes(separator), quoted: true, fields, out problem);
        if (count > FieldsMax)
        {
            problem = $"more than {FieldsMax} columns";
        }

        string[] names = new string[problem is null ? count : 0];
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = Encoding.UTF8.GetString(header[fields[index]]);
        }

        return names;
    }
}
