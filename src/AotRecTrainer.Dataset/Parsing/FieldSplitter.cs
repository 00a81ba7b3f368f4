namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Cuts a line into fields; where quotes have a meaning, as RFC 4180 has them.</summary>
internal static class FieldSplitter
{
    /// <summary>Finds the fields of a line, without quotes and without spaces around them.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="separator">What is between fields.</param>
    /// <param name="quoted">Whether a field may be in quotes.</param>
    /// <param name="fields">Receives the fields; those that do not fit are counted once and not stored.</param>
    /// <param name="problem">Null, or why the line has no fields.</param>
    /// <returns>The number of fields; one more than fits when there are too many.</returns>
    public static int Split(ReadOnlySpan<byte> line, ReadOnlySpan<byte> separator, bool quoted, Span<Range> fields, out string? problem)
    {
        problem = null;
        int at = 0;
        for (int count = 0; ; count++)
        {
            if (count == fields.Length)
            {
                return count + 1;
            }

            int first = at, end, next;
            if (quoted && at < line.Length && line[at] == '"')
            {
                int close = ClosingQuote(line, at + 1);
                if (close < 0)
                {
                    problem = "a quote is not closed";
                    return 0;
                }

                (first, end, next) = (at + 1, close, close + 1);
                if (next < line.Length && !line[next..].StartsWith(separator))
                {
                    problem = "text follows a closing quote";
                    return 0;
                }
            }
            else
            {
                int length = line[at..].IndexOf(separator);
                end = next = length < 0 ? line.Length : at + length;
            }

            fields[count] = Trim(line, first, end);
            if (next >= line.Length)
            {
                return count + 1;
            }

            at = next + separator.Length;
        }
    }

    // Two quotes in a row stand for one and do not close the field.
    private static int ClosingQuote(ReadOnlySpan<byte> line, int at)
    {
        for (; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                continue;
            }

            if (at + 1 >= line.Length || line[at + 1] != '"')
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    private static Range Trim(ReadOnlySpan<byte> line, int first, int end)
    {
        while (first < end && line[first] == ' ')
        {
            first++;
        }

        while (end > first && line[end - 1] == ' ')
        {
            end--;
        }

        return first..end;
    }
}
