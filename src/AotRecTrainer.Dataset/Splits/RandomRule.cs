using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Splits;

/// <summary>Each rating by itself.</summary>
internal sealed class RandomRule : SplitRule
{
    private readonly RatingSplit _split;
    private readonly EntityIds _users;
    private readonly ulong[] _itemKeys;

    public RandomRule(double holdout, long seed, EntityIds users, EntityIds items)
    {
        _split = new RatingSplit(holdout, seed);
        _users = users;
        _itemKeys = new ulong[items.Count];
        for (int item = 0; item < _itemKeys.Length; item++)
        {
            _itemKeys[item] = items.KeyOf(item);
        }
    }

    public override bool NeedsTimestamps => false;

    public override void Mark(int user, UserRatings ratings, Span<bool> isTest)
    {
        ulong key = _split.KeyOfUser(_users.KeyOf(user));
        ulong[] itemKeys = _itemKeys;
        RatingSplit split = _split;
        ReadOnlySpan<int> items = ratings.Items;
        for (int row = 0; row < isTest.Length; row++)
        {
            isTest[row] = split.IsTest(key, itemKeys[items[row]]);
        }
    }
}
