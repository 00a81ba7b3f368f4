using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Splits;

/// <summary>The ratings from <paramref name="cutoff"/> on, in seconds since 1970.</summary>
internal sealed class TimeRule(long cutoff) : SplitRule
{
    public override void Mark(int user, UserRatings ratings, Span<bool> isTest)
    {
        for (int row = 0; row < isTest.Length; row++)
        {
            isTest[row] = ratings.Timestamps[row] >= cutoff;
        }
    }
}
