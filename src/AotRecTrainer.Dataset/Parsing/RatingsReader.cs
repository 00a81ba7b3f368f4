namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Reads MovieLens' three formats, told apart by content, into one table.</summary>
public static class RatingsReader
{
    private const string Expected = "ratings as u.data (tabs), ratings.dat (::) or ratings.csv (header userId,movieId,rating[,timestamp])";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Told now and then how many bytes were read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RatingsFormatException">The file is empty or has bad lines; the first is named and all are counted.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RatingTable ReadFile(string path, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Read(file, path, bytesRead, cancellationToken);
    }

    /// <summary>Reads a stream to its end and leaves it open.</summary>
    /// <param name="input">The bytes of a file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="bytesRead">Told now and then how many bytes were read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RatingsFormatException">The stream is empty or has bad lines; the first is named and all are counted.</exception>
    public static RatingTable Read(
        Stream input, string name, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        var lines = new LineReader(input, bytesRead, cancellationToken);
        if (lines.Buffered.IsEmpty)
        {
            throw new RatingsFormatException($"{name} is empty, expected {Expected}");
        }

        RatingsFormat format = FormatDetector.Detect(lines.Buffered)
            ?? throw new RatingsFormatException(
                name, 1, $"{Printable.Quote(FormatDetector.FirstLine(lines.Buffered))} has no separator, expected {Expected}", 1);
        var bad = new BadLines(name);
        int fields = format == RatingsFormat.Csv ? ReadHeader(lines, bad) : 4;
        RatingTableBuilder table = ReadRows(lines, new RatingLineParser(format, fields), new RatingTableBuilder(fields == 4), bad);
        bad.ThrowIfAny();
        return table.Count > 0 ? table.Build() : throw new RatingsFormatException($"{name} has no ratings, only a header or empty lines");
    }

    private static RatingTableBuilder ReadRows(LineReader lines, RatingLineParser parser, RatingTableBuilder table, BadLines bad)
    {
        long emptyFirst = 0, emptyCount = 0;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                // Empty lines at the end of a file do no harm; before other lines they are bad ones.
                emptyFirst = emptyCount++ == 0 ? lines.Line : emptyFirst;
                continue;
            }

            for (; emptyCount > 0; emptyCount--)
            {
                bad.Add(emptyFirst++, "the line is empty");
            }

            string? problem = lines.IsTooLong ? TooLong(line) : parser.Parse(line, out ParsedRating rating) is { } found ? found : Add(table, rating);
            if (problem is not null)
            {
                bad.Add(lines.Line, problem);
            }
        }

        return table;
    }

    private static string? Add(RatingTableBuilder table, in ParsedRating rating)
    {
        table.Add(rating);
        return null;
    }

    private static string TooLong(ReadOnlySpan<byte> line) =>
        $"longer than {LineReader.LineBytesMax} bytes, begins {Printable.Quote(line)}";

    // The number of columns: 3, or 4 with timestamps.
    private static int ReadHeader(LineReader lines, BadLines bad)
    {
        lines.Next(out ReadOnlySpan<byte> line);
        Span<Range> fields = stackalloc Range[5];
        int count = lines.IsTooLong ? 0 : FieldSplitter.Split(line, RatingsFormat.Csv, fields, out _);
        if (count is 3 or 4 && Is(line[fields[0]], "userid") && Is(line[fields[1]], "movieid") && Is(line[fields[2]], "rating")
            && (count == 3 || Is(line[fields[3]], "timestamp")))
        {
            return count;
        }

        bad.Add(lines.Line, lines.IsTooLong
            ? TooLong(line)
            : $"{Printable.Quote(line)}, expected the header userId,movieId,rating or userId,movieId,rating,timestamp");
        return count == 3 ? 3 : 4;

        static bool Is(ReadOnlySpan<byte> field, string name) => System.Text.Ascii.EqualsIgnoreCase(field, name);
    }
}
