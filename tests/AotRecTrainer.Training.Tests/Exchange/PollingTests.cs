using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class PollingTests
{
    [Fact]
    public void Train_Await_ListsNothingButTheLeftoversAtTheEnd()
    {
        using Lab lab = new();
        lab.Train(Lab.Event());
        StoreCall list = Assert.Single(lab.Objects.Calls, call => call.Operation == "list");
        Assert.Equal($"{Lab.Output}/a-run/rounds/", list.Key);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(100)]
    public void Train_PollRoundsOfAnyLength_CostFewListsAndLittleTime(double seconds)
    {
        using Lab lab = new();
        lab.Functions.Script = async (_, run) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = "poll", Epochs = 20, Workers = 6 });

        // The first round's patience is a minute; whoever needs longer is asked twice, once.
        Assert.Equal(seconds > 60 ? 6 : 0, result.Retries);
        int[] lists = ListsPerRound(lab);
        Assert.Equal(21, lists.Length);
        Assert.All(lists[1..], count => Assert.InRange(count, 1, 8));
        Assert.InRange(lists[1..].Average(), 1, 5);
        double took = (seconds * 1000) + 3;
        Assert.All(result.RoundMilliseconds![1..], round => Assert.InRange(round, took, (took * 1.35) + 10));
        Assert.InRange(result.RoundMilliseconds![5..].Average(), took, (took * 1.12) + 5);
    }

    [Fact]
    public void Train_RoundsBecomeMuchShorter_AreFollowed()
    {
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(work.Round <= 10 ? 8 : 2), lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = "poll", Epochs = 40 });
        Assert.InRange(result.RoundMilliseconds![^1], 2000, 2300);
    }

    [Fact]
    public void Train_OnceInAWhileARoundIsDreadful_DoesNotSlowDownTheNext()
    {
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), lab.Time);
            if (work.Round % 4 == 0 && work.Attempt <= 2) await Task.Delay(Timeout.InfiniteTimeSpan, lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = "poll", Epochs = 20 });
        Assert.Equal(Lab.TrainAlone(Lab.Event() with { Epochs = 20 }).ParametersSha256, result.ParametersSha256);
        for (int round = 5; round < 20; round++)
        {
            if (round % 4 != 0) Assert.InRange(result.RoundMilliseconds![round - 1], 1000, 1400);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Train_ARoundInAllTheTroubleThatIsAllowed_CostsTwentyListsAtMost(int trouble)
    {
        // Attempts that fail, rubbish, silence: in turn, for all workers, until the last attempt.
        CoordinatorEvent asked = Lab.Event() with { Exchange = "poll", Workers = 6, Epochs = 3 };
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            if (work.Attempt == 5 || work.Round == 1) return await run();
            switch ((work.Attempt + work.Shards[0]) % trouble)
            {
                case 0:
                    await Task.Delay(Timeout.InfiniteTimeSpan, lab.Time);
                    break;
                case 1:
                    await Task.Delay(TimeSpan.FromSeconds(work.Shards[0]), lab.Time);
                    RoundKeys keys = new(work.Run, work.Token, work.Round);
                    lab.Objects[$"{Lab.Output}/{keys.Statistics(work.Shards[0])}"] = [1, 2, 3];
                    break;
                default:
                    await Task.Delay(TimeSpan.FromSeconds(10 * work.Shards[0]), lab.Time);
                    break;
            }

            return MemoryFunctions.Died;
        };
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, result.ParametersSha256);
        Assert.All(ListsPerRound(lab), count => Assert.InRange(count, 1, 20));
        Assert.Contains(20, ListsPerRound(lab));
    }

    [Fact]
    public void Train_AWorkerIsSilentForTheLongestPatience_IsStillSeenInTime()
    {
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(work.Round == 1 ? 55 : 1), lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = "poll", Epochs = 2 });
        Assert.InRange(result.RoundMilliseconds![0], 55_000, 80_000);
        Assert.All(ListsPerRound(lab), count => Assert.InRange(count, 1, 20));
    }

    /// <summary>LIST requests for the statistics of every round.</summary>
    private static int[] ListsPerRound(Lab lab) =>
    [
        .. lab.Objects.Calls.Where(call => call.Operation == "list" && call.Key.EndsWith("/statistics/", StringComparison.Ordinal))
            .GroupBy(call => call.Key, StringComparer.Ordinal).OrderBy(round => round.Key, StringComparer.Ordinal).Select(round => round.Count()),
    ];
}
