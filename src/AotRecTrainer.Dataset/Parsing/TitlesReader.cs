using System.Text;
using System.Text.Unicode;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Reads item titles from <c>movies.csv</c> (<c>movieId,title,...</c>), <c>movies.dat</c> (<c>id::title::...</c>) or <c>u.item</c>
/// (<c>id|title|...</c>), told apart by content. Text that is not UTF-8 is taken for Latin-1, which the older files are in.
/// </summary>
public static class TitlesReader
{
    private const int FieldsMax = 32;

    /// <summary>Reads a file.</summary>
    /// <returns>Titles by original item id; where an id occurs twice, the last.</returns>
    /// <exception cref="RatingsFormatException">The file has bad lines; the first is named and all are counted.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<long, string> ReadFile(string path, CancellationToken cancellationToken = default)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, path, cancellationToken);
    }

    /// <summary>Reads a stream to its end and leaves it open.</summary>
    /// <inheritdoc cref="ReadFile" path="/returns"/>
    /// <exception cref="RatingsFormatException">The stream has bad lines; the first is named and all are counted.</exception>
    public static IReadOnlyDictionary<long, string> Read(Stream input, string name, CancellationToken cancellationToken = default)
    {
        var titles = new Dictionary<long, string>();
        var bad = new BadLines(name);
        var lines = new LineReader(input, cancellation: cancellationToken);
        byte separator = Separator(FormatDetector.FirstLine(lines.Buffered));
        bool headerAllowed = separator == ',';
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || (headerAllowed && lines.Line == 1 && Ascii.EqualsIgnoreCase(line[..Math.Min(8, line.Length)], "movieid,")))
            {
                continue;
            }

            if ((lines.IsTooLong ? $"longer than {LineReader.LineBytesMax} bytes" : ParseLine(line, separator, titles)) is { } problem)
            {
                bad.Add(lines.Line, problem);
            }
        }

        bad.ThrowIfAny();
        return titles;
    }

    private static byte Separator(ReadOnlySpan<byte> firstLine)
    {
        int at = firstLine.IndexOfAny("|:,"u8);
        return at < 0 ? (byte)',' : firstLine[at];
    }

    private static string? ParseLine(ReadOnlySpan<byte> line, byte separator, Dictionary<long, string> titles)
    {
        Range title;
        int at = line.IndexOf(separator);
        if (at < 0 || !RatingNumber.TryParseInteger(line[..at].Trim("\" "u8), out long id) || id < 0)
        {
            return $"{Printable.Quote(line)}, expected an item id and a title";
        }

        if (separator == ',')
        {
            Span<Range> fields = stackalloc Range[FieldsMax];
            if (FieldSplitter.Split(line, RatingsFormat.Csv, fields, out string? problem) < 2)
            {
                return $"{problem ?? "no title"}: {Printable.Quote(line)}";
            }

            title = fields[1];
        }
        else
        {
            // Titles may hold single colons; the genres behind the last separator of movies.dat never do.
            int first = at + (separator == ':' ? 2 : 1);
            int length = first > line.Length ? -1
                : separator == ':' ? line[first..].LastIndexOf("::"u8) : line[first..].IndexOf(separator);
            if (length < 0)
            {
                return $"{Printable.Quote(line)}, expected a title between separators";
            }

            title = first..(first + length);
        }

        ReadOnlySpan<byte> bytes = line[title];
        string text = (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        titles[id] = separator == ',' ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        return null;
    }
}
