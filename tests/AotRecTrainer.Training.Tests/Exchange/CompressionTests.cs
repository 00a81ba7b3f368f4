using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class CompressionTests
{
    public static TheoryData<string, int> Algorithms => new() { { "batch-gradient", 1 }, { "batch-gradient", 3 }, { "als", 1 }, { "bayesian", 1 } };

    [Theory, MemberData(nameof(Algorithms))]
    public void Train_Float16_GivesTheSameBitsForAnyNumberOfWorkersAndAlmostTheSameErrors(string algorithm, int batches)
    {
        CoordinatorEvent asked = Lab.Event() with { Algorithm = algorithm, BatchesPerEpoch = batches, BurnIn = 1, Compression = "float16", Epochs = 6 };
        CoordinatorResult alone = Lab.TrainAlone(asked);
        foreach (string exchange in (string[])["await", "poll"])
        {
            foreach (int workers in (int[])[1, 4])
            {
                using Lab lab = new();
                CoordinatorResult result = lab.Train(asked with { Workers = workers, Exchange = exchange });
                Assert.Equal(alone.ParametersSha256, result.ParametersSha256);
                Assert.Equal((alone.TrainRmse, alone.TestRmse), (result.TrainRmse, result.TestRmse));
            }
        }

        CoordinatorResult whole = Lab.TrainAlone(asked with { Compression = "none" });
        Assert.NotEqual(whole.ParametersSha256, alone.ParametersSha256);

        // A chain's draws follow other paths once a bit is different; the others stay close to theirs.
        double close = algorithm == "bayesian" ? 0.1 : 0.001;
        Assert.Equal(whole.TrainRmse!.Value, alone.TrainRmse!.Value, close);
        Assert.Equal(whole.TestRmse!.Value, alone.TestRmse!.Value, close);
    }

    [Fact]
    public void Train_None_IsTheDefault() =>
        Assert.Equal(Lab.TrainAlone(Lab.Event()).ParametersSha256, Lab.TrainAlone(Lab.Event() with { Compression = "none" }).ParametersSha256);

    [Fact]
    public void Train_Float16_StoresHalfTheBytes()
    {
        long whole = StatisticsBytes("none");
        Assert.InRange(StatisticsBytes("float16"), whole * 5 / 10, whole * 7 / 10);
    }

    [Fact]
    public void Train_AnotherCompression_IsRefused()
    {
        using Lab lab = new();
        Assert.Equal(
            "compression is \"zip\", expected none or float16",
            Assert.Throws<TrainingInputException>(() => lab.Train(Lab.Event() with { Compression = "zip" })).Message);
    }

    private static long StatisticsBytes(string compression)
    {
        using Lab lab = new();
        long bytes = 0;
        lab.Objects.After = (call, _) =>
        {
            if (call.Operation == "put" && call.Key.Contains("/statistics/shard-", StringComparison.Ordinal)) bytes += lab.Objects[call.Key]!.Length;
            return ValueTask.CompletedTask;
        };
        lab.Train(Lab.Event() with { Compression = compression, Factors = 60 });
        return bytes;
    }
}
