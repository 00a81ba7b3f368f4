using System.Text.Unicode;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset.Ids;

/// <summary>Turns one column of ids into codes and says what is wrong with an id that is none. For one thread at a time.</summary>
/// <param name="side"><c>user</c> or <c>item</c>, for messages.</param>
/// <param name="isText">Whether ids are any text, or non-negative integers.</param>
internal sealed class IdColumn(string side, bool isText)
{
    /// <summary>The longest text that is taken for an id, in bytes of UTF-8.</summary>
    public const int TextBytesMax = 1024;

    private long _last = -1;
    private int _lastCode;

    /// <summary>Whether ids are text.</summary>
    public bool IsText => isText;

    /// <summary>The integer ids; unused when they are text.</summary>
    public IdIndex Integers { get; } = new();

    /// <summary>The text ids; unused when they are integers.</summary>
    public TextIdIndex Texts { get; } = new();

    /// <summary>Number of different ids so far.</summary>
    public int Count => isText ? Texts.Count : Integers.Count;

    /// <summary>The code of an integer.</summary>
    /// <param name="id">At least 0.</param>
    public int CodeOf(long id)
    {
        // Published files come user by user.
        if (id != _last)
        {
            (_last, _lastCode) = (id, Integers.CodeOf(id));
        }

        return _lastCode;
    }

    /// <summary>The code of a field; or, as the result, what is wrong with it.</summary>
    public string? TryCode(ReadOnlySpan<byte> field, out int code)
    {
        code = 0;
        if (isText)
        {
            return TryCodeText(field, out code);
        }

        if (!RatingNumber.TryParseInteger(field, out long id))
        {
            return $"{side} {Printable.Quote(field)} is not an integer";
        }

        return TryCode(id, out code);
    }

    /// <inheritdoc cref="TryCode(ReadOnlySpan{byte}, out int)"/>
    public string? TryCode(long id, out int code)
    {
        code = id < 0 ? 0 : CodeOf(id);
        return id < 0 ? $"{side} {id} is negative" : null;
    }

    private string? TryCodeText(ReadOnlySpan<byte> field, out int code)
    {
        code = 0;
        if (field.IsEmpty)
        {
            return $"{side} is empty";
        }

        if (field.Length > TextBytesMax)
        {
            return $"{side} {Printable.Quote(field)} has {field.Length} bytes, expected at most {TextBytesMax}";
        }

        if (!Utf8.IsValid(field))
        {
            return $"{side} {Printable.Quote(field)} is not UTF-8";
        }

        code = Texts.CodeOf(field);
        return null;
    }
}
