using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class RoundPaceTests
{
    private readonly RoundPace _pace = new(() => 0.5);

    [Fact]
    public void Late_NothingKnown_IsUnknown()
    {
        Assert.Null(_pace.Late([], workers: 4));
        Assert.Null(_pace.Late([Seconds(1)], workers: 4));
        Assert.Null(_pace.Round);
    }

    [Fact]
    public void Late_HalfOfTheFirstRoundsWorkersAreDone_IsThreeTimesTheirMedianButTenSecondsAtLeast()
    {
        Assert.Equal(Seconds(10), _pace.Late([Seconds(1), Seconds(2)], workers: 4));
        Assert.Equal(Seconds(15), _pace.Late([Seconds(4), Seconds(9), Seconds(5)], workers: 4));
    }

    [Fact]
    public void Late_OnceARoundWasSeen_IsOfThatRoundUntilHalfOfTheWorkersAreDoneAndASecondAtLeast()
    {
        _pace.Record([Seconds(2), Seconds(3), Seconds(40)], wasLate: false);
        Assert.Equal(Seconds(9), _pace.Late([], workers: 4));
        Assert.Equal(Seconds(9), _pace.Late([Seconds(1)], workers: 4));
        Assert.Equal(Seconds(6), _pace.Late([Seconds(1), Seconds(2)], workers: 4));
        Assert.Equal(Seconds(1), _pace.Late([Seconds(0.01), Seconds(0.02)], workers: 4));
    }

    [Fact]
    public void Patience_OfEveryAttempt_DoublesUpToTheLongestThatAFunctionMayRun()
    {
        Assert.Equal([60, 120, 240, 480, 900, 900], Enumerable.Range(1, 6).Select(number => _pace.Patience(number).TotalSeconds));
        _pace.Record([Seconds(0.02)], wasLate: false);
        Assert.Equal([5, 10, 20], Enumerable.Range(1, 3).Select(number => _pace.Patience(number).TotalSeconds));
        _pace.Record([Seconds(30)], wasLate: false);
        Assert.Equal([300, 600, 900], Enumerable.Range(1, 3).Select(number => _pace.Patience(number).TotalSeconds));
    }

    [Fact]
    public void BackOff_OfMoreAttempts_IsAnythingUpToABoundThatDoublesUpToFiveSeconds()
    {
        double share = 0;
        RoundPace pace = new(() => share);
        for (int attempts = 1; attempts <= 30; attempts++)
        {
            share = 0;
            Assert.Equal(TimeSpan.Zero, pace.BackOff(attempts));
            share = 0.999;
            Assert.Equal(0.999 * Math.Min(5, 0.05 * Math.Pow(2, attempts - 1)), pace.BackOff(attempts).TotalSeconds, 1e-6);
        }
    }

    [Fact]
    public void Round_AfterSeveral_IsTheMedianOfTheLastFiveSlowestWorkers()
    {
        foreach (double slowest in (double[])[9, 5, 1.2, 1.3, 1.4, 1.1, 50]) _pace.Record([Seconds(1), Seconds(slowest)], wasLate: false);
        Assert.Equal(Seconds(1.3), _pace.Round);
        _pace.Record([], wasLate: false);
        Assert.Equal(Seconds(1.3), _pace.Round);
    }

    [Fact]
    public void Round_OneWorkerIsAlwaysMuchSlower_IsNoLongerThanWhatCountsAsLate()
    {
        _pace.Record([Seconds(1), Seconds(1), Seconds(100)], wasLate: false);
        Assert.Equal(Seconds(3), _pace.Round);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
