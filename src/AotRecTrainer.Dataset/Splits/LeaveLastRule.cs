using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Splits;

/// <summary>
/// The last <paramref name="count"/> ratings of every user, by timestamp and, where that is the same, by item. A user's first rating
/// always stays in train.
/// </summary>
internal sealed class LeaveLastRule(int count) : SplitRule
{
    public override void Mark(int user, UserRatings ratings, Span<bool> isTest)
    {
        isTest.Clear();
        var order = new (long Timestamp, int Row)[ratings.Count];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = (ratings.Timestamps[row], row);
        }

        Array.Sort(order);
        foreach ((_, int row) in order.AsSpan(Math.Max(1, order.Length - count)..))
        {
            isTest[row] = true;
        }
    }
}
