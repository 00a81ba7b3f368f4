using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Tests.Support;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Options;

/// <summary>The arithmetic against what the runtime says was allocated, on this thread alone.</summary>
public sealed class MemoryEstimateTests
{
    private const int Users = 400, Items = 300, Shards = 4;

    [Theory]
    [InlineData("batch-gradient", 1)]
    [InlineData("als", 16)]
    [InlineData("bayesian", 16)]
    public void Sum_OfAnyShape_IsWhatOneTakes(string algorithm, int factors)
    {
        using Lab lab = new(Users, Items, Shards);
        MemoryEstimate estimate = Estimate(lab, Lab.Event() with { Algorithm = algorithm, Factors = factors });
        DatasetManifest manifest = Manifest(lab);
        StatisticsShape shape = new(new ModelShape(Users, Items, factors), algorithm != "batch-gradient", algorithm == "bayesian");
        AssertAllocates(estimate.Sum - (shape.HasPredictions ? manifest.TestRatings * 4 : 0), () => new StatisticsSum(shape, Shards));
        ShardEntry largest = manifest.Shards.MaxBy(shard => shard.UserCount)!;
        AssertAllocates(estimate.Statistics, () =>
        {
            ShardStatistics statistics = new(shape);
            statistics.Reset(largest.Index, largest.UserFirst, largest.UserCount, (int)largest.Test.Rows);
            return statistics;
        });
    }

    [Fact]
    public void Model_OfAParameterSet_IsWhatOneTakes()
    {
        using Lab lab = new(Users, Items, Shards);
        MemoryEstimate als = Estimate(lab, Lab.Event() with { Algorithm = "als", Factors = 32 });
        ModelShape shape = new(Users, Items, 32);
        AssertAllocates(als.Model, () => new ModelParameters(shape, 3));

        // What workers are told is written into one array; the estimate has two of its length for it.
        MemoryEstimate gradient = Estimate(lab, Lab.Event() with { Factors = 32 });
        Assert.Equal(2 * als.Model, gradient.Model);
        Assert.Equal(3 * als.Model, Estimate(lab, Lab.Event() with { Factors = 32, Optimizer = "adam" }).Model);
        ModelParameters parameters = new(shape, 3);
        Assert.InRange(ParameterSerializer.Write(parameters).Length, als.Model, als.Model * 1.1);
    }

    [Theory]
    [InlineData("batch-gradient")]
    [InlineData("als")]
    [InlineData("bayesian")]
    public void Coordinator_TrainingAlone_IsOfTheOrderOfWhatTrainingTakes(string algorithm)
    {
        using Lab lab = new(Users, Items, Shards);
        CoordinatorEvent asked = Lab.Event() with { Algorithm = algorithm, Factors = 24, Workers = 0, Epochs = 2 };
        MemoryEstimate estimate = Estimate(lab, asked);
        long before = GC.GetAllocatedBytesForCurrentThread();
        lab.Train(asked);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Everything that was ever allocated: more than lives at one time, and the data set's and the model's files beside it.
        Assert.InRange(estimate.Coordinator, allocated / 30, allocated);
        Assert.Equal(0, estimate.Worker);
    }

    [Fact]
    public void Worker_WithMoreOfThem_KeepsFewerRatings()
    {
        using Lab lab = new(Users, Items, Shards);
        MemoryEstimate one = Estimate(lab, Lab.Event() with { Workers = 1 });
        MemoryEstimate four = Estimate(lab, Lab.Event() with { Workers = 4 });
        Assert.InRange(four.Ratings, one.Ratings / 5, one.Ratings / 3);
        long ratings = Manifest(lab).Ratings;
        Assert.InRange(one.Ratings, ratings * 8, (ratings * 8) + (Users * 8));
        Assert.True(four.Worker < one.Worker);
        Assert.Equal(one.Coordinator, four.Coordinator);
    }

    [Theory]
    [InlineData(1L << 20, 49)]
    [InlineData(100L << 20, 148)]
    [InlineData(300L << 20, 400)]
    [InlineData(3000L << 20, 4000)]
    public void LeastMegabytes_OfAHeap_HasRoomForIt(long bytes, int megabytes) => Assert.Equal(megabytes, MemoryEstimate.LeastMegabytes(bytes));

    [Fact]
    public void Train_InAFunctionThatIsTooSmall_IsRefusedAtOnceWithFigures()
    {
        using Lab lab = new(Users, Items, Shards);
        CoordinatorEvent asked = Lab.Event() with { Algorithm = "als", Factors = 300 };
        int least = MemoryEstimate.LeastMegabytes(Estimate(lab, asked).Coordinator);
        TrainingInputException problem = Assert.Throws<TrainingInputException>(() => Train(lab, asked, least - 1));
        Assert.Matches($"^the coordinator needs [0-9]+ MB for its arrays, the function has {least - 1} MB; a MemorySize of {least} suffices at the least$", problem.Message);
        Assert.Empty(lab.KeysOf("a-run"));
        Assert.Empty(lab.Functions.Asked);
        Assert.Equal("complete", Train(lab, asked with { Epochs = 1 }, least).State);
    }

    [Fact]
    public void Train_InAFunctionOfUnknownMemory_IsNotRefused()
    {
        using Lab lab = new();
        Assert.Equal("complete", Train(lab, Lab.Event() with { Epochs = 1 }, megabytes: null).State);
    }

    private static CoordinatorResult Train(Lab lab, CoordinatorEvent asked, int? megabytes)
    {
        using ShardComputer computer = new(ShardAlgorithms.Best, threads: 1);
        return lab.Time.Run(() => new AotRecTrainer.Training.Coordinator.CoordinatorRole(computer, () => lab.Functions, "trainer", megabytes, lab.Host)
            .RunAsync(asked, lab.Invocation(), CancellationToken.None));
    }

    private static MemoryEstimate Estimate(Lab lab, CoordinatorEvent asked) => new(TrainingPlan.From(asked, default), Manifest(lab), threads: 1);

    private static DatasetManifest Manifest(Lab lab) => DatasetManifest.Parse(lab.Objects[Lab.Dataset + "/manifest.json"]);

    private static void AssertAllocates(long expected, Func<object> make)
    {
        make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        object made = make();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        Assert.InRange(allocated, expected, (expected * 1.1) + 1000);
    }
}
