using AotRecTrainer.Model.Algorithms.Gradient;

namespace AotRecTrainer.Model.Tests.Gradient;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_EveryEpoch_IsOne()
    {
        for (int epoch = 0; epoch < 1000; epoch += 37) Assert.Equal(1, LearningRateSchedule.Constant.At(epoch));
    }

    [Fact]
    public void Warmup_RisesInEqualStepsAndThenStays()
    {
        LearningRateSchedule schedule = new(WarmupEpochs: 4, IsCosine: false, Epochs: 10);
        Assert.Equal([0.2f, 0.4f, 0.6f, 0.8f, 1f, 1f, 1f], Enumerable.Range(0, 7).Select(schedule.At));
    }

    [Fact]
    public void Cosine_StartsAtOneFallsEveryEpochAndMeetsHalfInTheMiddle()
    {
        LearningRateSchedule schedule = new(WarmupEpochs: 0, IsCosine: true, Epochs: 20);
        Assert.Equal(1, schedule.At(0));
        Assert.Equal(0.5, schedule.At(10), 1e-6);
        Assert.Equal(0.5 + (0.5 * Math.Cos(Math.PI * 0.15)), schedule.At(3), 1e-6);
        for (int epoch = 1; epoch < 20; epoch++) Assert.True(schedule.At(epoch) < schedule.At(epoch - 1));
        Assert.InRange(schedule.At(19), 1e-6, 0.05);
    }

    [Fact]
    public void Cosine_PastTheEnd_StaysAtZero()
    {
        LearningRateSchedule schedule = new(WarmupEpochs: 5, IsCosine: true, Epochs: 5);
        Assert.Equal(1, schedule.At(5));
        Assert.Equal(0, schedule.At(50), 1e-7);
    }

    [Fact]
    public void Warmup_BeforeCosine_MeetsItAtTheTop()
    {
        LearningRateSchedule schedule = new(WarmupEpochs: 3, IsCosine: true, Epochs: 13);
        Assert.Equal(0.75, schedule.At(2), 1e-6);
        Assert.Equal(1, schedule.At(3), 1e-6);
        Assert.Equal(0.5, schedule.At(8), 1e-6);
    }
}
