using AotRecTrainer.Dataset.Synthesis;

namespace AotRecTrainer.Dataset.Tests.Synthesis;

public sealed class SelectionTests
{
    [Theory]
    [InlineData(300, 200, 9_000)]
    [InlineData(60, 1_200, 1_200)]
    [InlineData(50, 4_000, 1_000)]
    public void Choose_KeptOrDrawnAgain_IsTheSame(int users, int items, int ratings)
    {
        var options = new SyntheticOptions { Users = users, Items = items, Ratings = ratings };
        int[] counts = Activity.Plan(options);
        var kept = new Selection(options, counts, ratings, TestContext.Current.CancellationToken);
        var drawn = new Selection(options, counts, ratings - 1, TestContext.Current.CancellationToken);

        // In any order, and more than once.
        foreach (int user in Enumerable.Range(0, users).Reverse().Concat([0, 0]))
        {
            int[] expected = new int[counts[user]], found = new int[counts[user]];
            kept.Choose(user, expected);
            drawn.Choose(user, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Choose_ManyRatings_TakesNoMemoryForThem()
    {
        var options = new SyntheticOptions { Users = 2_000, Items = 2_000, Ratings = 1_000_000 };
        int[] counts = Activity.Plan(options);
        int[] chosen = new int[counts.Max()];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var selection = new Selection(options, counts, keptMax: 0, TestContext.Current.CancellationToken);
        for (int user = 0; user < counts.Length; user++)
        {
            selection.Choose(user, chosen.AsSpan(0, counts[user]));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, options.Ratings / 4);
    }
}
