using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class StragglerTests
{
    public static TheoryData<string> Exchanges => ["await", "poll"];

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_AWorkerHangs_IsDoubledAndTheDoubleWins(string exchange)
    {
        CoordinatorEvent asked = Lab.Event() with { Exchange = exchange, Workers = 6 };
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            if (work is { Round: 3, Attempt: 1 } && work.Shards.Contains(4)) await Task.Delay(Timeout.InfiniteTimeSpan, lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, result.ParametersSha256);
        Assert.Equal((1, 1, 31L), (result.Retries, result.Doubled, result.Requests!.Invoke));
        Assert.Equal([4], Assert.Single(lab.Functions.Asked, work => work.Attempt == 2).Shards);

        // One second is the least that counts as late; patience would have taken five.
        Assert.InRange(result.RoundMilliseconds![2], 1000, exchange == "await" ? 1010 : 1100);
        Assert.Single(lab.Log, line => line == "round 3: shards 4 again, attempt 2: late, so another worker has a go at them");
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_TheOriginalIsQuickerThanItsDouble_WinsAndTheDoubleIsNotWaitedFor(string exchange)
    {
        CoordinatorEvent asked = Lab.Event() with { Exchange = exchange, Workers = 6 };
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            if (work.Round == 2 && work.Shards.Contains(0)) await Task.Delay(TimeSpan.FromSeconds(work.Attempt == 1 ? 1.2 : 3600), lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, result.ParametersSha256);
        Assert.Equal((1, 1), (result.Retries, result.Doubled));
        Assert.InRange(result.RoundMilliseconds![1], 1200, 1500);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_OriginalAndDoubleBothHang_AreGivenUpAndTheRoundStillEnds(string exchange)
    {
        CoordinatorEvent asked = Lab.Event() with { Exchange = exchange, Workers = 6 };
        using Lab lab = new();
        int running = 0;
        int most = 0;
        lab.Functions.Script = async (work, run) =>
        {
            if (work.Round == 3 && work.Shards.Contains(1) && work.Attempt <= 3)
            {
                most = Math.Max(most, ++running);
                await Task.Delay(TimeSpan.FromHours(2), lab.Time);
            }

            return await run();
        };
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, result.ParametersSha256);
        Assert.Equal([1, 2, 3, 4], lab.Functions.Asked.Where(work => work.Round == 3 && work.Shards.Contains(1)).Select(work => work.Attempt));

        // The first is given up after 5 s, so that a third may be made; the second, made at 1 s, after 10 more.
        Assert.Equal((3, 3), (result.Retries, result.Doubled));
        Assert.InRange(result.RoundMilliseconds![2], 11_000, 12_500);
        Assert.Equal(3, most);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_EveryWorkerTakesLongInEveryRound_DoublesNobody(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30 + work.Shards[0]), lab.Time);
            return await run();
        };
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = exchange, Workers = 6 });
        Assert.Equal((0, 0), (result.Retries, result.Doubled));
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_AColdStartOfSeconds_DoublesNobody(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = async (work, run) =>
        {
            if (work.Round == 1) await Task.Delay(TimeSpan.FromSeconds(work.Shards[0] == 0 ? 9 : 0.2), lab.Time);
            return await run();
        };
        Assert.Equal(0, lab.Train(Lab.Event() with { Exchange = exchange, Workers = 6 }).Retries);
    }
}
