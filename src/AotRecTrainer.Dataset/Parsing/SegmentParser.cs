using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Lines to rows. The common spelling goes through a pass over the bytes that knows only plain numbers; whatever it does not like goes
/// through the slow way, which also knows quotes, spaces and exponents and can say what is wrong. For one thread at a time.
/// </summary>
internal sealed class SegmentParser
{
    // Enough to say how many fields a bad line has.
    private const int FieldsMin = 16;

    // Four numbers, three separators of two bytes and a line end.
    private const int PlainBytesMax = (4 * PlainNumber.BytesMax) + 8;
    private readonly TextLayout _layout;
    private readonly IdColumn _users;
    private readonly IdColumn _items;
    private readonly int _space;
    private readonly Range[] _fields;
    private readonly byte _separator;
    private readonly int _separatorLength;
    private readonly bool _isPlain;
    private readonly bool _hasTimestamps;

    /// <summary>Makes a parser.</summary>
    /// <param name="layout">How lines are made up.</param>
    /// <param name="space">Gives ids their codes.</param>
    /// <param name="number">The number of the space.</param>
    public SegmentParser(TextLayout layout, IdSpace space, int number)
    {
        _layout = layout;
        _users = space.Users;
        _items = space.Items;
        _space = number;
        _fields = new Range[Math.Max(FieldsMin, layout.Fields)];
        _separator = layout.Separator[0];
        _separatorLength = layout.Separator.Length;
        _isPlain = layout.IsPlain;
        _hasTimestamps = layout.HasTimestamps;
    }

    /// <summary>Parses the lines of a segment.</summary>
    /// <param name="segment">Lines, each with a newline at its end.</param>
    /// <param name="rowsMax">Where to stop.</param>
    public ParsedSegment Parse(ReadOnlySpan<byte> segment, long rowsMax)
    {
        int at = 0;
        var rows = new RatingChunk((int)Math.Min(segment.Count((byte)'\n'), rowsMax), _hasTimestamps) { Space = _space };
        var parsed = new ParsedSegment(rows);
        while (at < segment.Length && rows.Count < rowsMax)
        {
            if (_isPlain)
            {
                parsed.Lines.AddGood(AddPlain(segment, ref at, rows));
                if (at == segment.Length || rows.Count == rowsMax)
                {
                    break;
                }
            }

            ReadOnlySpan<byte> line = LineReader.LineAt(segment, ref at);
            if (line.IsEmpty)
            {
                parsed.Lines.AddEmpty();
            }
            else if (line.Length > SegmentReader.LineBytesMax)
            {
                parsed.Lines.AddBad(TooLong(line));
            }
            else if (TryAdd(line, rows) is { } problem)
            {
                parsed.Lines.AddBad(problem);
            }
            else
            {
                parsed.Lines.AddGood();
            }
        }

        (rows.UserCodes, rows.ItemCodes) = (_users.Count, _items.Count);
        return parsed;
    }

    /// <summary>What is said of a line that is too long.</summary>
    public static string TooLong(ReadOnlySpan<byte> line) =>
        $"longer than {SegmentReader.LineBytesMax} bytes, begins {Printable.Quote(line)}";

    // Adds lines until one is not plain, or there is no more room, or the end of the text is so near that it would have to be looked for.
    private int AddPlain(ReadOnlySpan<byte> text, ref int at, RatingChunk rows)
    {
        int first = rows.Count, row = first;
        Span<int> users = rows.Users, items = rows.Items;
        Span<float> ratings = rows.Ratings;
        Span<long> timestamps = rows.Timestamps;
        ref byte start = ref MemoryMarshal.GetReference(text);
        nint place = at;
        while (place < text.Length - PlainBytesMax && row < users.Length)
        {
            long timestamp = 0;
            if (!PlainNumber.TryReadInteger(ref start, ref place, out long user) || !TrySeparator(ref start, ref place)
                || !PlainNumber.TryReadInteger(ref start, ref place, out long item) || !TrySeparator(ref start, ref place)
                || !PlainNumber.TryReadStars(ref start, ref place, out float rating)
                || (_hasTimestamps
                    && !(TrySeparator(ref start, ref place) && PlainNumber.TryReadInteger(ref start, ref place, out timestamp)))
                || !TryLineEnd(ref start, ref place))
            {
                break;
            }

            users[row] = _users.CodeOf(user);
            items[row] = _items.CodeOf(item);
            ratings[row] = rating;
            if (_hasTimestamps)
            {
                timestamps[row] = timestamp;
            }

            row++;
            at = (int)place;
        }

        rows.Count = row;
        return row - first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TrySeparator(ref byte text, ref nint at)
    {
        if (Unsafe.Add(ref text, at) != _separator || (_separatorLength == 2 && Unsafe.Add(ref text, at + 1) != _separator))
        {
            return false;
        }

        at += _separatorLength;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLineEnd(ref byte text, ref nint at)
    {
        if (Unsafe.Add(ref text, at) == '\r')
        {
            at++;
        }

        return Unsafe.Add(ref text, at++) == '\n';
    }

    private string? TryAdd(ReadOnlySpan<byte> line, RatingChunk rows)
    {
        int count = FieldSplitter.Split(line, _layout.Separator, _layout.IsQuoted, _fields, out string? problem);
        if (problem is not null)
        {
            return $"{problem}: {Printable.Quote(line)}";
        }

        if (count != _layout.Fields)
        {
            string found = count > _fields.Length ? $"more than {_fields.Length} fields" : count == 1 ? "1 field" : $"{count} fields";
            return $"{found}, expected {_layout.Fields}: {Printable.Quote(line)}";
        }

        ColumnPlaces places = _layout.Places;
        int item = 0;
        float rating = 0;
        long timestamp = 0;
        problem = Code(_users, line[_fields[places.User]], out int user)
            ?? Code(_items, line[_fields[places.Item]], out item)
            ?? RatingNumber.TryRating(line[_fields[places.Rating]], out rating)
            ?? (_hasTimestamps ? Instant.TryParse(line[_fields[places.Timestamp]], out timestamp) : null);
        if (problem is null)
        {
            rows.Add(user, item, rating, timestamp);
        }

        return problem;
    }

    private string? Code(IdColumn column, ReadOnlySpan<byte> field, out int code) =>
        column.IsText && _layout.IsQuoted && field.Contains((byte)'"')
            ? column.TryCode(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(field).Replace("\"\"", "\"", StringComparison.Ordinal)), out code)
            : column.TryCode(field, out code);
}
