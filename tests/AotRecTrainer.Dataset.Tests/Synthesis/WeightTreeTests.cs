using AotRecTrainer.Dataset.Synthesis;

namespace AotRecTrainer.Dataset.Tests.Synthesis;

public sealed class WeightTreeTests
{
    [Theory, InlineData(1, 1), InlineData(2, 7), InlineData(3, 16), InlineData(4, 33)]
    public void Find_EveryPosition_MatchesALinearScan(int seed, int entries)
    {
        var random = new Random(seed);
        long[] weights = [.. Enumerable.Range(0, entries).Select(_ => random.NextInt64(1, 9))];
        var tree = new WeightTree(weights);
        for (int step = 0; step < entries; step++)
        {
            Assert.Equal(weights.Sum(), tree.Total);
            int[] line = [.. weights.SelectMany((weight, entry) => Enumerable.Repeat(entry, (int)weight))];
            Assert.All(line, (entry, position) => Assert.Equal(entry, tree.Find(position)));
            int taken = line[random.Next(line.Length)];
            tree.Add(taken, -weights[taken]);
            weights[taken] = 0;
        }
    }
}
