using AotRecTrainer.Dataset.Splits;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Writing;

public sealed class RatingSplitTests
{
    // Made by another implementation of the rule.
    private static readonly (long, long)[] s_pinned = [(0, 7), (0, 10), (0, 12), (0, 33), (0, 75), (0, 76), (0, 85), (1, 28)];

    [Theory]
    [InlineData(0.1, 42)]
    [InlineData(0.5, -1)]
    [InlineData(0.01, long.MaxValue)]
    public void IsTest_ManyPairs_HoldsOutTheShare(double holdout, long seed)
    {
        const int Users = 400, Items = 500;
        var split = new RatingSplit(holdout, seed);
        int held = 0;
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items; item++)
            {
                held += split.IsTest(user, item) ? 1 : 0;
            }
        }

        // Five standard deviations of a binomial.
        double expected = holdout * Users * Items, deviation = Math.Sqrt(expected * (1 - holdout));
        Assert.InRange(held, expected - (5 * deviation), expected + (5 * deviation));
    }

    [Fact]
    public void IsTest_LargerShare_KeepsWhatTheSmallerHeldOut()
    {
        var small = new RatingSplit(0.1, 3);
        var large = new RatingSplit(0.3, 3);
        Assert.All(Pairs().Where(pair => small.IsTest(pair.User, pair.Item)), pair => Assert.True(large.IsTest(pair.User, pair.Item)));
    }

    [Fact]
    public void IsTest_OtherSeedOrSwappedIds_AreIndependent()
    {
        var one = new RatingSplit(0.5, 3);
        var other = new RatingSplit(0.5, 4);
        Assert.InRange(Pairs().Count(pair => one.IsTest(pair.User, pair.Item) == other.IsTest(pair.User, pair.Item)), 4700, 5300);
        Assert.InRange(Pairs().Count(pair => one.IsTest(pair.User, pair.Item) == one.IsTest(pair.Item + 7, pair.User)), 4700, 5300);
    }

    [Fact]
    public void IsTest_EveryUser_HasItsOwnDraws()
    {
        // With a share of one half no two users may have the same pattern over sixty items, and none may be all or nothing.
        var split = new RatingSplit(0.5, 42);
        ulong[] patterns =
        [
            .. Enumerable.Range(0, 2000).Select(user => Enumerable.Range(0, 60).Aggregate(
                0UL, (bits, item) => (bits << 1) | (split.IsTest(user, item) ? 1UL : 0UL))),
        ];
        Assert.Equal(2000, patterns.Distinct().Count());
        Assert.All(patterns, pattern => Assert.InRange(System.Numerics.BitOperations.PopCount(pattern), 8, 52));
    }

    [Fact]
    public void IsTest_Seed42_StaysAsItIs()
    {
        // Pins the rule: another version must not move ratings between train and test of data sets that people compare with.
        var split = new RatingSplit(0.1, 42);
        Assert.Equal(s_pinned, Pairs().Where(pair => split.IsTest(pair.User, pair.Item)).Take(8));
    }

    [Fact]
    public async Task Write_OtherRatingsMissing_MovesNoRating()
    {
        RatingRow[] rows = RatingRows.Random(seed: 61, users: 40, items: 40, count: 1000);
        HashSet<RatingRow> all = await TestOfAsync(rows), half = await TestOfAsync(rows[..500]);
        Assert.Equal(all.Intersect(rows[..500]).Order(Comparer()), half.Order(Comparer()));
        Assert.NotEmpty(half);
    }

    [Theory, InlineData(double.NaN), InlineData(1.0), InlineData(-0.1), InlineData(double.PositiveInfinity)]
    public void Create_ShareOutOfRange_Throws(double holdout) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingSplit(holdout, 1));

    private static IEnumerable<(long User, long Item)> Pairs() =>
        Enumerable.Range(0, 10_000).Select(pair => ((long)pair / 100, (long)pair % 100));

    private static Comparer<RatingRow> Comparer() =>
        Comparer<RatingRow>.Create((one, other) => (one.User, one.Item).CompareTo((other.User, other.Item)));

    private static async Task<HashSet<RatingRow>> TestOfAsync(RatingRow[] rows)
    {
        using var store = new MemoryObjectStore();
        await new DatasetWriter(store, Datasets.Options).WriteAsync(RatingText.Table(rows));
        return [.. await RatingRows.OfAsync(await DatasetReader.OpenAsync(store), test: true)];
    }
}
