using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

/// <summary>Where the time of an epoch goes, on a clock that passes only where a test says so: everything but computing has its time.</summary>
public sealed class EpochPartsTests
{
    private const double Invocation = 3, Answer = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_StoreWithKnownTimes_PutsEachWhereItBelongs(int batches)
    {
        using Lab lab = new();
        Slow(lab, parameters: 10, task: 4, data: 50, statistics: 7, reading: 5);
        lab.Train(Lab.Event() with { BatchesPerEpoch = batches });
        EpochMetrics[] lines = lab.Metrics();
        EpochParts warm = lines[2].Parts!;
        Assert.Equal(new EpochParts(10, Invocation + Answer, 4, 0, 7, 5, 0), Scaled(warm, 1.0 / batches));
        Assert.Equal(warm.Sum(), lines[2].Milliseconds, tolerance: 3.0 * batches);
        Assert.Equal([0, 1], lines[2].Workers!.Select(worker => worker.Worker));
        Assert.All(lines[2].Workers!, worker => Assert.Equal((17.0 * batches, 4.0 * batches, 7.0 * batches, false), (worker.Milliseconds, worker.Load, worker.Write, worker.ColdStart)));

        // The first round opens the data set and decodes three shards of two files each, in a process of its own.
        Assert.All(lines[0].Workers!, worker => Assert.True(worker.ColdStart));
        Assert.Equal((4 * batches) + (6 * 50), lines[0].Parts!.Load, tolerance: 0.01);
        Assert.Equal(lines[0].Parts!.Sum(), lines[0].Milliseconds, tolerance: 3.0 * batches);
    }

    [Fact]
    public void Train_OneWorkerIsLate_TheEpochFollowsThatOne()
    {
        using Lab lab = new();
        lab.Functions.Script = async (asked, work) =>
        {
            if (asked.Shards[0] > 0) await Task.Delay(TimeSpan.FromMilliseconds(400), lab.Time);
            return await work();
        };
        lab.Train(Lab.Event());
        EpochMetrics line = lab.Metrics()[1];
        Assert.Equal(400 + Invocation + Answer, line.Parts!.Wait, tolerance: 0.5);
        Assert.Equal([6, 406], line.Workers!.Select(worker => Math.Round(worker.Wait())));
    }

    [Fact]
    public void Train_WithoutWorkers_LoadsOnceAndAsksNobody()
    {
        using Lab lab = new();
        Slow(lab, parameters: 10, task: 4, data: 50, statistics: 7, reading: 5);
        lab.Train(Lab.Event() with { Workers = 0 });
        EpochMetrics[] lines = lab.Metrics();
        Assert.Equal(new EpochParts(0, 0, 0, 0, 0, 0, 0), lines[2].Parts);
        Assert.True(lines[0].Parts!.Load >= 12 * 50, $"{lines[0].Parts}");
        Assert.Equal(0, lines[0].Parts!.Wait);
    }

    [Fact]
    public void Take_ManyWorkers_KeepsTheSlowestInTheirOrder()
    {
        EpochTimes times = new();
        WorkerTime[] workers = [.. Enumerable.Range(0, 100).Select(index => new WorkerTime(index, 1000 - index, 1, 2, 3, ColdStart: false))];
        times.Add(new RoundTimes(1, workers, 2));
        (EpochParts parts, WorkerTime[] kept) = times.Take();
        Assert.Equal(new EpochParts(1, 994, 1, 2, 3, 2, 0), parts);
        Assert.Equal(Enumerable.Range(0, EpochTimes.WorkersMax), kept.Select(worker => worker.Worker));
        Assert.Empty(times.Take().Workers);
    }

    private static EpochParts Scaled(EpochParts parts, double factor) => new(
        parts.Send * factor, parts.Wait * factor, parts.Load * factor, parts.Compute * factor, parts.Write * factor, parts.Reduce * factor,
        parts.Step * factor);

    private static void Slow(Lab lab, double parameters, double task, double data, double statistics, double reading) => lab.Objects.Before = async (call, cancel) =>
    {
        bool isStatistics = call.Key.Contains("/statistics/", StringComparison.Ordinal), isTask = call.Key.Contains("/parameters", StringComparison.Ordinal);
        double milliseconds = call.Operation switch
        {
            "put" when isTask => parameters,
            "get" when isTask => task,
            "put" when isStatistics => statistics,
            "get" when isStatistics => reading,
            "get" when call.Key.EndsWith(".parquet", StringComparison.Ordinal) => data,
            _ => 0,
        };
        if (milliseconds > 0) await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), lab.Time, cancel);
    };
}
