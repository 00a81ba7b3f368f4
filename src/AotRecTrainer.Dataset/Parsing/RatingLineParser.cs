namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// One line to one rating. The common spelling goes through a pass over the bytes that knows only plain numbers; whatever it
/// does not like goes through the slow way, which also knows quotes, spaces and exponents and can say what is wrong.
/// </summary>
internal sealed class RatingLineParser
{
    private const int FieldsMax = 16;
    private readonly RatingsFormat _format;
    private readonly int _fields;
    private readonly byte _separator;
    private readonly int _separatorLength;

    /// <param name="format">The file's format.</param>
    /// <param name="fields">3, or 4 with a timestamp.</param>
    public RatingLineParser(RatingsFormat format, int fields)
    {
        _format = format;
        _fields = fields;
        _separator = format switch { RatingsFormat.Tab => (byte)'\t', RatingsFormat.DoubleColon => (byte)':', _ => (byte)',' };
        _separatorLength = format == RatingsFormat.DoubleColon ? 2 : 1;
    }

    /// <summary>Reads a line; null when it is right, otherwise what is wrong with it.</summary>
    public string? Parse(ReadOnlySpan<byte> line, out ParsedRating rating) =>
        TryParsePlain(line, out rating) ? null : ParseAny(line, out rating);

    private bool TryParsePlain(ReadOnlySpan<byte> line, out ParsedRating rating)
    {
        rating = default;
        int at = 0;
        if (!RatingNumber.TryReadDigits(line, ref at, out rating.UserId) || !TrySeparator(line, ref at)
            || !RatingNumber.TryReadDigits(line, ref at, out rating.ItemId) || !TrySeparator(line, ref at)
            || !RatingNumber.TryReadDecimal(line, ref at, out rating.Rating) || rating.Rating > RatingNumber.MagnitudeMax)
        {
            return false;
        }

        return (_fields == 3 || (TrySeparator(line, ref at) && RatingNumber.TryReadDigits(line, ref at, out rating.Timestamp)))
            && at == line.Length;
    }

    private bool TrySeparator(ReadOnlySpan<byte> line, ref int at)
    {
        if ((uint)at >= (uint)line.Length || line[at] != _separator)
        {
            return false;
        }

        at++;
        if (_separatorLength == 1)
        {
            return true;
        }

        return (uint)at < (uint)line.Length && line[at++] == _separator;
    }

    private string? ParseAny(ReadOnlySpan<byte> line, out ParsedRating rating)
    {
        rating = default;
        Span<Range> fields = stackalloc Range[FieldsMax];
        int count = FieldSplitter.Split(line, _format, fields, out string? problem);
        if (problem is not null)
        {
            return $"{problem}: {Printable.Quote(line)}";
        }

        if (count != _fields)
        {
            string found = count > FieldsMax ? $"more than {FieldsMax} fields" : count == 1 ? "1 field" : $"{count} fields";
            return $"{found}, expected {_fields}: {Printable.Quote(line)}";
        }

        return Id("user", line[fields[0]], out rating.UserId)
            ?? Id("item", line[fields[1]], out rating.ItemId)
            ?? Stars(line[fields[2]], out rating.Rating)
            ?? (_fields == 4 ? Timestamp(line[fields[3]], out rating.Timestamp) : null);
    }

    private static string? Id(string name, ReadOnlySpan<byte> field, out long id)
    {
        if (!RatingNumber.TryParseInteger(field, out id))
        {
            return $"{name} {Printable.Quote(field)} is not an integer";
        }

        return id < 0 ? $"{name} {id} is negative" : null;
    }

    private static string? Stars(ReadOnlySpan<byte> field, out float rating)
    {
        if (!RatingNumber.TryParseRating(field, out rating) || !float.IsFinite(rating))
        {
            return $"rating {Printable.Quote(field)} is not a finite number";
        }

        return Math.Abs(rating) > RatingNumber.MagnitudeMax
            ? $"rating {Printable.Quote(field)} is absurd, expected {-RatingNumber.MagnitudeMax} .. {RatingNumber.MagnitudeMax}"
            : null;
    }

    private static string? Timestamp(ReadOnlySpan<byte> field, out long timestamp) =>
        RatingNumber.TryParseInteger(field, out timestamp) ? null : $"timestamp {Printable.Quote(field)} is not an integer";
}
