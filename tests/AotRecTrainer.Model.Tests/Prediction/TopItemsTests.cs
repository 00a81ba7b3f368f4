using AotRecTrainer.Model.Prediction;

namespace AotRecTrainer.Model.Tests.Prediction;

public sealed class TopItemsTests
{
    private static readonly HashSet<int> Nothing = [];

    [Fact]
    public void Pick_RandomScoresWithTies_IsAsSorted()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] scores = [.. Enumerable.Range(0, random.Next(60)).Select(_ => (float)random.Next(8))];
            HashSet<int> excluded = [.. Enumerable.Range(0, scores.Length).Where(_ => random.Next(4) == 0)];
            int count = random.Next(12);
            int[] expected =
            [
                .. Enumerable.Range(0, scores.Length).Where(item => !excluded.Contains(item))
                    .OrderByDescending(item => scores[item]).Take(count),
            ];
            int[] picked = TopItems.Pick(scores, excluded, count);
            Assert.True(
                expected.SequenceEqual(picked),
                $"seed {seed}, trial {trial}: {string.Join(',', picked)}, expected {string.Join(',', expected)}");
        }
    }

    [Fact]
    public void Pick_NaN_IsNeverPicked() => Assert.Equal([2, 0], TopItems.Pick([1, float.NaN, 2], Nothing, 3));

    [Fact]
    public void Pick_NoItemsOrNoneWanted_IsEmpty()
    {
        Assert.Empty(TopItems.Pick([], Nothing, 3));
        Assert.Empty(TopItems.Pick([1, 2], Nothing, 0));
    }
}
