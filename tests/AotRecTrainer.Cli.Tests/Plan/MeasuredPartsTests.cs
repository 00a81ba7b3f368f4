using AotRecTrainer.Cli.Plan;
using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Training.Messages;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class MeasuredPartsTests
{
    // 100 ms to begin, rounds of 250 and 50 ms, 5 ms between them, 95 ms to save the model.
    private static readonly EpochMetrics[] Epochs =
    [
        Epoch(250, 350, new EpochParts(Send: 10, Wait: 20, Load: 100, Compute: 60, Write: 30, Reduce: 20, Step: 7)),
        Epoch(50, 405, new EpochParts(Send: 4, Wait: 6, Load: 1, Compute: 20, Write: 8, Reduce: 6, Step: 5)),
    ];

    [Fact]
    public void Of_RunInADirectory_IsTheSumOfItsEpochsAndWhatIsBesideThem()
    {
        IReadOnlyDictionary<Part, double> parts = MeasuredParts.Of(Epochs, 500, isStoreQuick: true);
        Assert.Equal(195, parts[Part.Start]);
        Assert.Equal(101, parts[Part.Load]);
        Assert.Equal(80, parts[Part.Compute]);
        Assert.Equal(38, parts[Part.Write]);
        Assert.Equal(40, parts[Part.Wait]);
        Assert.Equal(26, parts[Part.Reduce]);
        Assert.Equal(500, parts.Values.Sum());
    }

    [Fact]
    public void Of_RunOnS3_IsWhatTheStoreHasNoShareIn() => Assert.Equal(
        [(Part.Compute, 80), (Part.Step, 12)], MeasuredParts.Of(Epochs, 500, isStoreQuick: false).Select(part => (part.Key, part.Value)).Order());

    [Fact]
    public void Of_MetricsOfAnEarlierVersion_IsNothing() => Assert.Empty(MeasuredParts.Of([Epochs[0], Epoch(1, 2, null)], 500, isStoreQuick: true));

    [Fact]
    public void Of_NoMetrics_IsNothing() => Assert.Empty(MeasuredParts.Of([], 600, isStoreQuick: true));

    private static EpochMetrics Epoch(double milliseconds, double elapsed, EpochParts? parts) =>
        new(1, 1, 1, 1, milliseconds, elapsed, WorkerMilliseconds: 1, parts);
}
