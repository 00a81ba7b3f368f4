using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class LookScheduleTests
{
    [Fact]
    public void Next_BeforeAnythingWasAsked_IsNever() => Assert.Equal(TimeSpan.MaxValue, new LookSchedule(null).Next);

    [Fact]
    public void Next_AKnownRound_IsShortlyBeforeItsEndAndThenFurtherAndFurtherApart()
    {
        LookSchedule schedule = new(TimeSpan.FromSeconds(1));
        schedule.Restart(TimeSpan.Zero);
        Assert.Equal([0.9, 0.95, 1.025, 1.1375], Looks(schedule, 4), (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Theory]
    [InlineData(0.003)]
    [InlineData(1)]
    [InlineData(200)]
    public void Next_AKnownRoundOfAnyLength_IsSeenWithATenthOfItAndTwentyLooksReachAHundredTimesAsFar(double expected)
    {
        LookSchedule schedule = new(TimeSpan.FromSeconds(expected));
        schedule.Restart(TimeSpan.Zero);
        double[] looks = Looks(schedule, 20);
        Assert.InRange(looks.First(look => look >= expected), expected, (expected * 1.1) + 0.01);
        Assert.True(looks[^1] >= 100 * expected);
    }

    [Fact]
    public void Next_NothingKnown_BeginsAtOnceAndReachesHalfAMinute()
    {
        LookSchedule schedule = new(null);
        schedule.Restart(TimeSpan.Zero);
        double[] looks = Looks(schedule, 20);
        Assert.Equal(0.005, looks[0], 1e-9);
        Assert.InRange(looks[^1], 20, 60);
    }

    [Fact]
    public void Restart_AnotherAttempt_LooksCloselyAgainAndNotLaterThanPlanned()
    {
        LookSchedule schedule = new(TimeSpan.FromSeconds(1));
        schedule.Restart(TimeSpan.Zero);
        Looks(schedule, 10);
        TimeSpan planned = schedule.Next;
        schedule.Restart(planned - TimeSpan.FromSeconds(0.1));
        Assert.Equal(planned, schedule.Next);
        schedule.Advance(planned);
        Assert.Equal(planned + TimeSpan.FromSeconds(0.05), schedule.Next);
        schedule.Advance(TimeSpan.FromSeconds(500));
        schedule.Restart(TimeSpan.FromSeconds(100));
        Assert.Equal(TimeSpan.FromSeconds(100.9), schedule.Next);
    }

    private static double[] Looks(LookSchedule schedule, int count)
    {
        double[] looks = new double[count];
        foreach (ref double look in looks.AsSpan())
        {
            look = schedule.Next.TotalSeconds;
            schedule.Advance(schedule.Next);
        }

        return looks;
    }
}
