using System.Globalization;
using System.Text;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Points in time, in seconds since 1970.</summary>
public static class Instant
{
    private const int TextBytesMax = 64;

    /// <summary>Reads seconds since 1970, or a date with or without a time as ISO 8601 has them; without a zone it is UTC.</summary>
    /// <param name="text">The text, for example <c>978300760</c>, <c>2000-12-31</c> or <c>2000-12-31T22:12:40Z</c>.</param>
    /// <param name="seconds">The seconds; parts of one are dropped.</param>
    /// <returns>False when it is neither.</returns>
    public static bool TryParse(string text, out long seconds)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(Encoding.UTF8.GetBytes(text), out seconds) is null;
    }

    /// <inheritdoc cref="TryParse(string, out long)"/>
    /// <returns>Null, or what is wrong with the text.</returns>
    internal static string? TryParse(ReadOnlySpan<byte> text, out long seconds)
    {
        if (RatingNumber.TryParseInteger(text, out seconds))
        {
            return null;
        }

        if (text.Length is > 4 and <= TextBytesMax && text.Contains((byte)'-') && DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            seconds = instant.ToUnixTimeSeconds();
            return null;
        }

        return $"timestamp {Printable.Quote(text)} is neither an integer nor a date";
    }
}
