using System.Text;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Makes foreign bytes fit for a one-line message.</summary>
internal static class Printable
{
    private const int LengthMax = 40;

    /// <summary>The text in quotes, at most 40 characters of it, anything but printable ASCII as a dot.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder("'");
        foreach (byte letter in text[..Math.Min(LengthMax, text.Length)])
        {
            quoted.Append(letter is >= 0x20 and < 0x7F ? (char)letter : '.');
        }

        return quoted.Append(text.Length > LengthMax ? "...'" : "'").ToString();
    }
}
