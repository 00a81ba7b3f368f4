using System.Globalization;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Numbers from bytes.</summary>
internal static class RatingNumber
{
    /// <summary>Beyond this magnitude a rating is taken for a slip, such as a timestamp in its place.</summary>
    public const float MagnitudeMax = 1e6f;

    // Every number of this many digits is exact as a double and as a long.
    private const int ExactDigitsMax = 15;
    private const int LongDigitsMax = 18;
    private static readonly double[] s_powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads digits from <paramref name="at"/> on and moves it behind them; false for none or for more than 18.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> text, ref int at, out long value)
    {
        int first = at;
        long sum = 0;
        while ((uint)at < (uint)text.Length)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                break;
            }

            sum = unchecked((sum * 10) + digit);
            at++;
        }

        value = sum;
        return at - first is > 0 and <= LongDigitsMax;
    }

    /// <summary>Reads <c>4</c> or <c>3.5</c> from <paramref name="at"/> on and moves it behind; other spellings are left to the slow way.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<byte> text, ref int at, out float value)
    {
        value = 0;
        int first = at;
        if (!TryReadDigits(text, ref at, out long whole))
        {
            return false;
        }

        if (at >= text.Length || text[at] != '.')
        {
            value = whole;
            return at - first <= ExactDigitsMax;
        }

        int point = ++at;
        if (!TryReadDigits(text, ref at, out long fraction) || at - first > ExactDigitsMax)
        {
            return false;
        }

        // Both operands are exact, so the quotient is the double nearest to the decimal.
        double scale = s_powersOfTen[at - point];
        value = (float)(((whole * scale) + fraction) / scale);
        return true;
    }

    /// <summary>A whole field as a rating; or, as the result, what is wrong with it.</summary>
    public static string? TryRating(ReadOnlySpan<byte> field, out float rating)
    {
        if (!TryParseRating(field, out rating) || !float.IsFinite(rating))
        {
            return $"rating {Printable.Quote(field)} is not a finite number";
        }

        return Problem(rating);
    }

    /// <summary>What is wrong with a number as a rating; null when nothing is.</summary>
    public static string? Problem(float rating) => Math.Abs(rating) <= MagnitudeMax
        ? null
        : float.IsFinite(rating)
            ? $"rating {rating} is absurd, expected {-MagnitudeMax} .. {MagnitudeMax}"
            : $"rating {rating} is not a finite number";

    /// <summary>A whole field as a rating, in any spelling of a number; may be NaN or infinite.</summary>
    public static bool TryParseRating(ReadOnlySpan<byte> field, out float value)
    {
        int at = 0;
        return (TryReadDecimal(field, ref at, out value) && at == field.Length)
            || float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A whole field as an integer, with or without a minus.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> field, out long value) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && field[0] != '+';
}
