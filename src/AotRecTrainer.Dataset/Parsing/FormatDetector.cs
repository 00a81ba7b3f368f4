using System.Buffers;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Tells the formats apart by the first line that has a separator.</summary>
internal static class FormatDetector
{
    private static readonly SearchValues<byte> s_separators = SearchValues.Create("\t,:"u8);

    /// <summary>The format of a file with this beginning; null when nothing in it looks like a separator.</summary>
    public static RatingsFormat? Detect(ReadOnlySpan<byte> beginning)
    {
        while (!beginning.IsEmpty)
        {
            ReadOnlySpan<byte> line = FirstLine(beginning);
            if (line.ContainsAny(s_separators))
            {
                if (line.Contains((byte)'\t'))
                {
                    return RatingsFormat.Tab;
                }

                if (line.IndexOf("::"u8) >= 0)
                {
                    return RatingsFormat.DoubleColon;
                }

                if (line.Contains((byte)','))
                {
                    return RatingsFormat.Csv;
                }
            }

            beginning = beginning[Math.Min(line.Length + 1, beginning.Length)..];
        }

        return null;
    }

    /// <summary>What comes before the first newline.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOf((byte)'\n');
        return length < 0 ? text : text[..length];
    }
}
