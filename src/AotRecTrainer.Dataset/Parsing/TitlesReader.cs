using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using AotRecTrainer.Dataset.Input;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Reads item titles from <c>movies.csv</c> (<c>movieId,title,...</c>), <c>movies.dat</c> (<c>id::title::...</c>) or <c>u.item</c>
/// (<c>id|title|...</c>), told apart by content. Text that is not UTF-8 is taken for Latin-1, which the older files are in.
/// </summary>
public static class TitlesReader
{
    private const int FieldsMax = 32;

    /// <summary>Reads a file, which may be compressed with gzip.</summary>
    /// <returns>Titles by original item id; where an id occurs twice, the last.</returns>
    /// <exception cref="RatingsFormatException">The file has bad lines; the first is named and all are counted.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="Storage.StorageException">The store failed.</exception>
    public static IReadOnlyDictionary<long, string> Read(InputFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var peeked = new PeekedStream(file.Open());
        if (peeked.Format != InputFormat.Gzip)
        {
            return Read(peeked, file.Name, cancellationToken);
        }

        using var text = new GZipStream(peeked, CompressionMode.Decompress);
        return Read(text, file.Name, cancellationToken);
    }

    /// <summary>Reads a stream to its end and leaves it open.</summary>
    /// <inheritdoc cref="Read(InputFile, CancellationToken)" path="/returns"/>
    /// <exception cref="RatingsFormatException">The stream has bad lines; the first is named and all are counted.</exception>
    public static IReadOnlyDictionary<long, string> Read(Stream input, string name, CancellationToken cancellationToken = default)
    {
        var titles = new Dictionary<long, string>();
        var tally = new LineTally();
        var lines = new LineReader(input, cancellationToken);
        byte separator = 0;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            separator = lines.Line == 1 ? Separator(line) : separator;
            bool header = lines.Line == 1 && separator == ',' && Ascii.EqualsIgnoreCase(line[..Math.Min(8, line.Length)], "movieid,");
            string? problem = lines.IsTooLong ? SegmentParser.TooLong(line)
                : line.IsEmpty || header ? null : ParseLine(line, separator, titles);
            if (problem is null)
            {
                tally.AddGood();
            }
            else
            {
                tally.AddBad(problem);
            }
        }

        tally.ThrowIfBad(name);
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
            if (FieldSplitter.Split(line, ","u8, quoted: true, fields, out string? problem) < 2)
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
