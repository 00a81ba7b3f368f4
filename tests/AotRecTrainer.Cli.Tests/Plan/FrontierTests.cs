using AotRecTrainer.Cli.Plan;
using AotRecTrainer.Cli.Plan.Model;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class FrontierTests
{
    [Fact]
    public void Best_RandomConfigurations_AreThoseThatNoOtherBeats()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int turn = 0; turn < 100; turn++)
        {
            // Few values, so that some are alike.
            Forecast[] all = [.. Enumerable.Range(0, 30).Select(i => One(i, random.Next(1, 15), random.Next(1, 15)))];
            IEnumerable<(double, double)> unbeaten = all
                .Where(one => !all.Any(other => other.Seconds <= one.Seconds && other.CostUsd <= one.CostUsd && (other.Seconds < one.Seconds || other.CostUsd < one.CostUsd)))
                .Select(one => (one.Seconds, one.CostUsd)).Distinct().Order();
            Assert.Equal(unbeaten, new Frontier(all).Best.Select(one => (one.Seconds, one.CostUsd)));
        }
    }

    [Fact]
    public void Choices_TargetAndBudget_AreTheCheapestInTimeAndTheFastestForTheMoney()
    {
        Frontier frontier = new([One(1, 100, 1), One(2, 50, 2), One(3, 25, 4), One(4, 60, 9)]);
        Assert.Equal(2, frontier.CheapestWithin(60)!.Workers);
        Assert.Equal(1, frontier.CheapestWithin(1000)!.Workers);
        Assert.Null(frontier.CheapestWithin(24));
        Assert.Equal(2, frontier.FastestFor(3)!.Workers);
        Assert.Equal(3, frontier.FastestFor(100)!.Workers);
        Assert.Null(frontier.FastestFor(0.5));
    }

    [Fact]
    public void Chart_FrontierWithARecommendation_ShowsItInItsCorner()
    {
        Frontier frontier = new([One(1, 100, 1), One(2, 50, 2), One(3, 25, 4), One(4, 100, 4)]);
        string[] lines = [.. PlanChart.Lines(frontier, frontier.All[0])];
        Assert.Equal("     $4.00 |X" + new string(' ', 62) + ".", lines[0]);
        Assert.EndsWith("o", lines[13], StringComparison.Ordinal);
        Assert.Equal(lines[14].Length, lines[15].Length);
        Assert.EndsWith("100.0 s", lines[15], StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_OneConfiguration_IsOnePoint() => Assert.Single(PlanChart.Lines(new Frontier([One(1, 5, 5)]), null), line => line.Contains('o', StringComparison.Ordinal));

    [Fact]
    public void Chart_Nothing_IsEmpty() => Assert.Empty(PlanChart.Lines(new Frontier([]), null));

    private static Forecast One(int workers, double seconds, double dollars) =>
        new(workers, 1769, seconds, new Dictionary<Part, double>(), 0, 0, 0, 0, dollars, 0);
}
