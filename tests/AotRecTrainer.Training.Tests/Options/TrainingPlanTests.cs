using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Tests.Options;

public sealed class TrainingPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 8, 9, 10, 11, 12, TimeSpan.FromHours(2));
    private static readonly CoordinatorEvent Least = new() { Dataset = "s3://b/d", Output = "s3://b/r" };

    [Fact]
    public void From_OnlyWhatIsRequired_FillsInTheDefaults()
    {
        TrainingPlan plan = TrainingPlan.From(Least, Now);
        Assert.Equal("run-20260708-071011-012", plan.Run);
        Assert.Equal((3, ExchangeKind.Await, 10, (string?)null), (plan.Workers, plan.Exchange, plan.CheckpointEvery, plan.WorkerFunction));
        TrainingSettings settings = plan.Settings;
        Assert.Equal(("batch-gradient", "nesterov", 50, 10), (settings.Algorithm, settings.Optimizer, settings.Epochs, settings.Factors));
        Assert.Equal((0.1f, 0.9f, "constant", 0), (settings.LearningRate, settings.Momentum, settings.LearningRateSchedule, settings.WarmupEpochs));
        Assert.Equal((1, 42L, 0), (settings.BatchesPerEpoch, settings.Seed, settings.Patience));
        Assert.Null(settings.Regularization);
        Assert.Null(settings.Preset);
        Assert.Null(settings.InitialModel);
    }

    [Theory]
    [InlineData("als", 15)]
    [InlineData("bayesian", 100)]
    public void From_AnotherAlgorithm_HasItsOwnDefaults(string algorithm, int epochs)
    {
        TrainingSettings settings = TrainingPlan.From(Least with { Algorithm = algorithm }, Now).Settings;
        Assert.Equal(epochs, settings.Epochs);
        Assert.Equal(Math.Min(20, epochs / 5), settings.BurnIn);
    }

    [Fact]
    public void From_MiniBatchesOrAdam_HaveTheirOwnDefaults()
    {
        Assert.Equal(0.7f, TrainingPlan.From(Least with { BatchesPerEpoch = 4 }, Now).Settings.Momentum);
        Assert.Equal(0.03f, TrainingPlan.From(Least with { Optimizer = "adam" }, Now).Settings.LearningRate);
    }

    [Fact]
    public void From_PaperPreset_IsThePaperToTheLetter()
    {
        TrainingSettings settings = TrainingPlan.From(Least with { Preset = "paper" }, Now).Settings;
        Assert.Equal(("batch-gradient", "momentum", "paper"), (settings.Algorithm, settings.Optimizer, settings.Preset));
        Assert.Equal((0.01f, 0.9f, 3, 0f), (settings.LearningRate, settings.Momentum, settings.Factors, settings.Regularization));
        Assert.Equal((1, "constant", 0), (settings.BatchesPerEpoch, settings.LearningRateSchedule, settings.WarmupEpochs));
    }

    [Fact]
    public void From_PaperPreset_LetsTheEventSayOtherwise()
    {
        TrainingSettings settings = TrainingPlan.From(Least with { Preset = "paper", Factors = 8, LearningRate = 0.5 }, Now).Settings;
        Assert.Equal((8, 0.5f, 0.9f), (settings.Factors, settings.LearningRate, settings.Momentum));
    }

    public static TheoryData<string, CoordinatorEvent> BadFields => new()
    {
        { "role is \"worker\"", Least with { Role = "worker" } },
        { "run is \"../x\"", Least with { Run = "../x" } },
        { "run is \"\"", Least with { Run = "" } },
        { "run is \".hidden\"", Least with { Run = ".hidden" } },
        { "run is \"a b\"", Least with { Run = "a b" } },
        { "dataset is missing", Least with { Dataset = " " } },
        { "output is missing", Least with { Output = null } },
        { "workers is -1, expected 0..1000", Least with { Workers = -1 } },
        { "workers is 1001", Least with { Workers = 1001 } },
        { "epochs is 0", Least with { Epochs = 0 } },
        { "factors is 0, expected 1..512", Least with { Factors = 0 } },
        { "factors is 513", Least with { Factors = 513 } },
        { "algorithm is \"svd\", expected batch-gradient or als or bayesian", Least with { Algorithm = "svd" } },
        { "optimizer is \"sgd\"", Least with { Optimizer = "sgd" } },
        { "learningRate is 0", Least with { LearningRate = 0 } },
        { "learningRate is NaN", Least with { LearningRate = double.NaN } },
        { "momentum is 1,", Least with { Momentum = 1 } },
        { "momentum is -0.1", Least with { Momentum = -0.1 } },
        { "learningRateSchedule is \"linear\"", Least with { LearningRateSchedule = "linear" } },
        { "warmupEpochs is 51", Least with { WarmupEpochs = 51 } },
        { "batchesPerEpoch is 0", Least with { BatchesPerEpoch = 0 } },
        { "burnIn is -1", Least with { BurnIn = -1 } },
        { "regularization is -1", Least with { Regularization = -1 } },
        { "regularization is NaN", Least with { Regularization = double.NaN } },
        { "preset is \"other\", expected paper", Least with { Preset = "other" } },
        { "preset is \"paper\", which is of batch-gradient, not als", Least with { Preset = "paper", Algorithm = "als" } },
        { "exchange is \"push\"", Least with { Exchange = "push" } },
        { "checkpointEvery is -1", Least with { CheckpointEvery = -1 } },
        { "patience is -1", Least with { Patience = -1 } },
        { "workerFunction is empty", Least with { WorkerFunction = "" } },
    };

    [Theory, MemberData(nameof(BadFields))]
    public void From_ABadField_IsNamedAlone(string message, CoordinatorEvent asked)
    {
        TrainingInputException problem = Assert.Throws<TrainingInputException>(() => TrainingPlan.From(asked, Now));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("; ", problem.Message.Replace("missing; ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void From_EverythingWrong_NamesItAllAtOnce()
    {
        CoordinatorEvent asked = new()
        {
            Role = "x", Run = "/", Workers = -1, Epochs = 0, Factors = 0, Algorithm = "x", Optimizer = "x", LearningRate = -1, Momentum = 2,
            LearningRateSchedule = "x", WarmupEpochs = -1, BatchesPerEpoch = 0, BurnIn = -1, Regularization = -1, Preset = "x", Exchange = "x",
            CheckpointEvery = -1, Patience = -1, WorkerFunction = "",
        };
        string message = Assert.Throws<TrainingInputException>(() => TrainingPlan.From(asked, Now)).Message;
        foreach (string name in (string[])
        [
            "role", "run", "dataset", "output", "workers", "epochs", "factors", "algorithm", "optimizer", "learningRate", "momentum",
            "learningRateSchedule", "warmupEpochs", "batchesPerEpoch", "burnIn", "regularization", "preset", "exchange", "checkpointEvery",
            "patience", "workerFunction",
        ])
            Assert.Contains($"{name} is ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_HowItIsComputed_DoesNotChangeIt()
    {
        CoordinatorEvent asked = Least with { Run = "a" };
        string fingerprint = TrainingPlan.From(asked, Now).Fingerprint;
        Assert.Equal(fingerprint, TrainingPlan.From(asked with { Workers = 9, Exchange = "poll", CheckpointEvery = 3, WorkerFunction = "f" }, Now).Fingerprint);
        Assert.NotEqual(fingerprint, TrainingPlan.From(asked with { Run = "b" }, Now).Fingerprint);
        Assert.NotEqual(fingerprint, TrainingPlan.From(asked with { Seed = 1 }, Now).Fingerprint);
        Assert.NotEqual(fingerprint, TrainingPlan.From(asked with { Dataset = "s3://b/e" }, Now).Fingerprint);
    }
}
