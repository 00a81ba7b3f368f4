using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Gathering;

/// <summary>
/// The codes that one parser gives to ids, and how many rows each code has. Parsers that work side by side have a space each, so
/// that they need not agree; ranks bring them together at the end.
/// </summary>
internal sealed class IdSpace(bool userText, bool itemText)
{
    private int[] _userRows = [];
    private int[] _itemRows = [];

    /// <summary>Users by code.</summary>
    public IdColumn Users { get; } = new("user", userText);

    /// <summary>Items by code.</summary>
    public IdColumn Items { get; } = new("item", itemText);

    /// <summary>Rows counted of every user code; codes beyond the end have none.</summary>
    public ReadOnlySpan<int> UserRows => _userRows;

    /// <summary>Rows counted of every item code; codes beyond the end have none.</summary>
    public ReadOnlySpan<int> ItemRows => _itemRows;

    /// <summary>Counts the rows of a chunk of this space.</summary>
    public void Count(RatingChunk chunk)
    {
        Count(chunk.Users.AsSpan(0, chunk.Count), ref _userRows, chunk.UserCodes);
        Count(chunk.Items.AsSpan(0, chunk.Count), ref _itemRows, chunk.ItemCodes);
    }

    private static void Count(ReadOnlySpan<int> codes, ref int[] rows, int codeCount)
    {
        if (rows.Length < codeCount)
        {
            Array.Resize(ref rows, Math.Max(codeCount, (int)Math.Min(Array.MaxLength, 2L * rows.Length)));
        }

        int[] counted = rows;
        foreach (int code in codes)
        {
            counted[code]++;
        }
    }
}
