using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class TrainingTroubleTests
{
    [Theory]
    [InlineData(0, "await")]
    [InlineData(2, "await")]
    [InlineData(2, "poll")]
    public void Train_StepsTooLarge_StopsInTheRoundAndNamesTheSetting(int workers, string exchange)
    {
        using Lab lab = new();
        CoordinatorEvent asked = Lab.Event() with { Workers = workers, Exchange = exchange, Epochs = 60, Preset = "paper", LearningRate = 900 };
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(() => lab.Train(asked));
        Assert.StartsWith("training diverged: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("a smaller learningRate (now 900)", problem.Message, StringComparison.Ordinal);
        RunStatus status = lab.Status();
        Assert.Equal(("failed", problem.Message), (status.State, status.Message));
        Assert.InRange(status.Epoch, 0, 5);
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("model/", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_ARoundMissesRatings_IsNoticed()
    {
        // The manifest's counts and the shards' agree with each other; a worker that leaves ratings out must be caught by the sum.
        using Lab lab = new();
        lab.Functions.Script = async (asked, work) =>
        {
            InvokeOutcome outcome = await work();
            string key = $"{Lab.Output}/{new RoundKeys(asked.Run, asked.Token, asked.Round).Statistics(asked.Shards[0])}";
            if (asked.Round == 3 && asked.Shards[0] == 0) lab.Objects[key] = WithOneRatingLess(lab.Objects[key]!);
            return outcome;
        };
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(() => lab.Train(Lab.Event()));
        Assert.Matches("^round 3 counted [0-9]+ ratings, the data set has [0-9]+$", problem.Message);
        Assert.Equal("failed", lab.Status().State);
        Assert.False(lab.Exists("a-run/model/model.json"));
    }

    [Fact]
    public void Train_ARunsNameASecondTime_IsRefusedAndTouchesNothing()
    {
        using Lab lab = new();
        lab.Train(Lab.Event());
        Dictionary<string, byte[]> before = lab.Objects.Keys.ToDictionary(key => key, key => lab.Objects[key]!, StringComparer.Ordinal);
        TrainingInputException problem = Assert.Throws<TrainingInputException>(() => lab.Train(Lab.Event() with { Epochs = 2 }));
        Assert.Contains("\"a-run\" exists already", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before.Keys, lab.Objects.Keys);
        foreach ((string key, byte[] content) in before) Assert.Equal(content, lab.Objects[key]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Train_CancelledAnywhere_LeavesNoHalfModel(int workers)
    {
        CoordinatorEvent asked = Lab.Event() with { Workers = workers, CheckpointEvery = 2 };
        int calls;
        using (Lab lab = new())
        {
            lab.Train(asked);
            calls = lab.Objects.Calls.Count;
        }

        for (int at = 1; at <= calls; at += 5)
        {
            using Lab lab = new();
            using CancellationTokenSource cancel = new();
            int count = 0;
            lab.Objects.Before = (_, _) =>
            {
                if (++count == at) cancel.Cancel();
                return ValueTask.CompletedTask;
            };
            try
            {
                lab.Train(asked, cancel.Token);
                Assert.Equal("complete", lab.Status().State);
            }
            catch (OperationCanceledException)
            {
                if (lab.Exists("a-run/status.json")) Assert.NotEqual("running", lab.Status().State);
            }

            AssertWhole(lab);
        }
    }

    [Fact]
    public void Train_TheStoreFailsForGood_SaysSoAndLeavesNoHalfModel()
    {
        using Lab lab = new();
        int puts = 0;
        lab.Objects.Before = (call, _) => call.Operation == "put" && ++puts > 20
            ? throw new StorageException("put", call.Key, new Uri(Lab.Output), "disk full") : ValueTask.CompletedTask;
        Exception problem = Assert.ThrowsAny<Exception>(() => lab.Train(Lab.Event() with { CheckpointEvery = 1 }));
        Assert.Contains("disk full", problem.Message, StringComparison.Ordinal);
        AssertWhole(lab);
    }

    [Fact]
    public void Train_TheStatusCannotBeWrittenForAWhile_StillSaysHowItEnded()
    {
        // The write of the status in epoch 2 fails: the run fails with it, and the last status tells.
        using Lab lab = new();
        int writes = 0;
        lab.Objects.Before = (call, _) => call.Key.EndsWith("status.json", StringComparison.Ordinal) && ++writes is >= 3 and < 60
            ? throw new StorageException("put", call.Key, new Uri(Lab.Output), "slow down") : ValueTask.CompletedTask;
        lab.Functions.Script = (asked, work) => asked.Round == 5 ? throw new InvalidOperationException("a bug") : work();
        Exception problem = Record.Exception(() => lab.Train(Lab.Event() with { Epochs = 6 }))!;
        Assert.NotNull(problem);
        if (writes >= 60) Assert.Equal(problem.Message, lab.Status().Message);
        AssertWhole(lab);
    }

    /// <summary>A model is there with all of its parts, or model.json is not there.</summary>
    private static void AssertWhole(Lab lab)
    {
        if (!lab.Exists("a-run/model/model.json")) return;
        ModelDescription model = lab.Model();
        Assert.True(lab.Exists($"a-run/model/{model.UserFactors}"));
        Assert.True(lab.Exists($"a-run/model/{model.ItemFactors}"));
    }

    private static byte[] WithOneRatingLess(byte[] content)
    {
        Model.Statistics.ShardStatistics statistics = new(new(new(40, 18, 3), HasMatrices: false, HasPredictions: false));
        IReadOnlyDictionary<string, string> notes = Stored.Notes(content, statistics, "it");
        statistics.Errors = statistics.Errors with { TrainRatings = statistics.Errors.TrainRatings - 1 };
        return Stored.Of(statistics, notes);
    }
}
