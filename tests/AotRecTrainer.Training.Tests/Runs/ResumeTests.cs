using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Runs;

/// <summary>A run whose coordinator is gone goes on to the same bits.</summary>
public sealed class ResumeTests
{
    public static TheoryData<string, CoordinatorEvent> Trainings => new()
    {
        { "momentum", Lab.Event() with { Optimizer = "momentum", LearningRateSchedule = "cosine", WarmupEpochs = 2, Epochs = 6 } },
        { "nesterov", Lab.Event() with { Optimizer = "nesterov", Epochs = 6 } },
        { "adam", Lab.Event() with { Optimizer = "adam", Epochs = 6 } },
        { "mini-batches", Lab.Event() with { BatchesPerEpoch = 3, Epochs = 6 } },
        { "patience", Lab.Event() with { Epochs = 300, Patience = 4, Factors = 12, Regularization = 0 } },
        { "patience over mini-batches", Lab.Event() with { Epochs = 300, Patience = 3, Factors = 12, Regularization = 0, BatchesPerEpoch = 2 } },
        { "als", Lab.Event() with { Algorithm = "als", Epochs = 6 } },
        { "bayesian", Lab.Event() with { Algorithm = "bayesian", Epochs = 6, BurnIn = 2 } },
        { "alone", Lab.Event() with { Workers = 0, Epochs = 6 } },
        { "poll", Lab.Event() with { Exchange = "poll", Epochs = 6 } },
        { "warm start", Lab.Event() with { InitialModel = Lab.Output + "/start/model" } },
    };

    [Theory, MemberData(nameof(Trainings))]
    public void Resume_AfterAnyEpoch_ComesToTheSameBits(string name, CoordinatorEvent asked)
    {
        using Lab undisturbed = MakeLab();
        CoordinatorResult expected = undisturbed.Train(asked);
        int epochs = expected.RoundMilliseconds!.Length;
        for (int epoch = 1; epoch <= epochs; epoch += epochs > 20 ? 5 : 1)
        {
            using Lab lab = MakeLab();
            bool isSaved = false;
            Assert.True(lab.TrainUntil(asked with { CheckpointEvery = 1 }, call =>
            {
                // As soon as the lease points at that checkpoint.
                bool wasSaved = isSaved;
                isSaved |= call.Key.Contains($"/checkpoints/{epoch:D5}/", StringComparison.Ordinal) && call.Key.EndsWith("checkpoint.json", StringComparison.Ordinal);
                return wasSaved && !call.Key.Contains($"/checkpoints/{epoch:D5}/", StringComparison.Ordinal) && !call.Key.EndsWith("lease.json", StringComparison.Ordinal);
            }), $"{name}: no checkpoint of epoch {epoch}");
            lab.Objects[Lab.Output + "/start/model/model.json"] = null;
            Assert.Equal(epoch, lab.Lease().Checkpoint!.Epoch);
            AssertSame(undisturbed, expected, lab, lab.Resume());
        }
    }

    [Fact]
    public void Resume_TheDataSetWasMadeAnew_IsRefusedAndLeavesTheRunAsItWas()
    {
        using Lab lab = MakeLab();
        Assert.True(lab.TrainUntil(Lab.Event() with { CheckpointEvery = 1 }, call => call.Key.Contains("/checkpoints/00002/", StringComparison.Ordinal)));
        LeaseRecord before = lab.Lease();
        LittleData.Write(lab.Objects, Lab.Dataset, users: 40, items: 18, shards: 5, firstUser: 0);
        string message = Assert.Throws<TrainingInputException>(() => lab.Resume()).Message;
        Assert.StartsWith($"the data set at {Lab.Dataset} has changed since run \"a-run\" began: ", message, StringComparison.Ordinal);
        Assert.Equivalent(before, lab.Lease(), strict: true);
    }

    [Fact]
    public void Resume_AfterThePowerWentAtAnyOperation_ComesToTheSameBits()
    {
        CoordinatorEvent asked = Lab.Event() with { CheckpointEvery = 2, Epochs = 5 };
        using Lab undisturbed = MakeLab();
        CoordinatorResult expected = undisturbed.Train(asked);
        int operations = undisturbed.Objects.Calls.Count;
        int resumed = 0;
        for (int at = 1; at < operations; at += 3)
        {
            using Lab lab = MakeLab();
            int count = 0;
            bool isDown = lab.TrainUntil(asked, _ => ++count == at);
            if (!isDown || !lab.Exists("a-run/config.json")) continue;
            AssertSame(undisturbed, expected, lab, lab.Resume());
            resumed++;
        }

        Assert.InRange(resumed, operations / 6, operations);
    }

    [Fact]
    public void Resume_OnceAndAgain_ComesToTheSameBitsAndAnHonestBill()
    {
        CoordinatorEvent asked = Lab.Event() with { CheckpointEvery = 1, Epochs = 6 };
        using Lab undisturbed = MakeLab();
        CoordinatorResult expected = undisturbed.Train(asked);
        using Lab lab = MakeLab();
        lab.TrainUntil(asked, call => call.Key.Contains("/checkpoints/00002/", StringComparison.Ordinal));
        CoordinatorEvent resume = new() { Run = "a-run", Output = Lab.Output, Resume = true };
        lab.TrainUntil(resume, call => call.Key.Contains("/checkpoints/00004/", StringComparison.Ordinal));
        CoordinatorResult result = lab.Resume();
        AssertSame(undisturbed, expected, lab, result);
        Assert.Equal((3, 3), (result.Segments!.Value, lab.Lease().Token));

        // The same rounds, and those that were lost; the requests of what came after the lease's last word are not known.
        Assert.InRange(result.Requests!.Invoke, expected.Requests!.Invoke, expected.Requests.Invoke + (2 * 3));
        Assert.True(result.WallSeconds > expected.WallSeconds * 0.9);
        Assert.Equal(6, result.Rounds);
    }

    [Theory]
    [InlineData("parameters.arrow")]
    [InlineData("state.arrow")]
    [InlineData("checkpoint.json")]
    public void Resume_TheLastCheckpointIsDamaged_GoesOnFromTheOneBefore(string name)
    {
        CoordinatorEvent asked = Lab.Event() with { CheckpointEvery = 1, Epochs = 6 };
        using Lab undisturbed = MakeLab();
        CoordinatorResult expected = undisturbed.Train(asked);
        using Lab lab = MakeLab();
        lab.TrainUntil(asked, call => call.Key.Contains("/checkpoints/00005/", StringComparison.Ordinal));
        string key = $"{Lab.Output}/a-run/checkpoints/00004/round-00004.1/{name}";
        byte[] content = lab.Objects[key]!;
        lab.Objects[key] = content[..(content.Length / 2)];
        AssertSame(undisturbed, expected, lab, lab.Resume());
        Assert.Contains(lab.Log, line => line.StartsWith("the checkpoint after round 4 is passed over: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Checkpoints_OfALongRun_AreTheLastTwo()
    {
        using Lab lab = MakeLab();
        lab.Train(Lab.Event() with { CheckpointEvery = 1, Epochs = 9 });
        Assert.Equal(
            ["checkpoints/00008/round-00008.1/", "checkpoints/00009/round-00009.1/"],
            lab.KeysOf("a-run").Where(key => key.StartsWith("checkpoints/", StringComparison.Ordinal)).Select(key => key[..(key.LastIndexOf('/') + 1)]).Distinct());
    }

    [Fact]
    public void Resume_HalfACheckpointWasLeft_RemovesIt()
    {
        using Lab lab = MakeLab();
        lab.TrainUntil(Lab.Event() with { CheckpointEvery = 1, Epochs = 6 }, call => call.Key.EndsWith("/checkpoints/00003/round-00003.1/checkpoint.json", StringComparison.Ordinal));
        Assert.Contains(lab.KeysOf("a-run"), key => key.StartsWith("checkpoints/00003/round-00003.1/", StringComparison.Ordinal));
        lab.Resume();
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.Contains(".1/", StringComparison.Ordinal));
    }

    [Fact]
    public void Resume_ARunThatFailed_LosesNoRound()
    {
        CoordinatorEvent asked = Lab.Event() with { Epochs = 6 };
        using Lab undisturbed = MakeLab();
        CoordinatorResult expected = undisturbed.Train(asked);
        using Lab lab = MakeLab();
        lab.Functions.Script = (event_, work) => event_.Round == 4 ? Task.FromResult(MemoryFunctions.Died) : work();
        Assert.Throws<TrainingFailedException>(() => lab.Train(asked));
        LeaseRecord lease = lab.Lease();
        Assert.Equal(("failed", 3), (lease.State, lease.Checkpoint!.Round));
        lab.Functions.Script = static (_, work) => work();
        lab.Functions.Asked.Clear();
        AssertSame(undisturbed, expected, lab, lab.Resume());
        Assert.DoesNotContain(lab.Functions.Asked, event_ => event_.Round < 4);
    }

    [Fact]
    public void Resume_NoSuchRun_SaysSo()
    {
        using Lab lab = MakeLab();
        Assert.Contains("there is no run \"b-run\" in mem://runs", Assert.Throws<TrainingInputException>(() => lab.Resume("b-run")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithOtherFields_IsRefused()
    {
        using Lab lab = MakeLab();
        CoordinatorEvent asked = new() { Run = "a-run", Output = Lab.Output, Resume = true, Epochs = 9 };
        Assert.Contains("leave the other fields out", Assert.Throws<TrainingInputException>(() => lab.Train(asked)).Message, StringComparison.Ordinal);
    }

    private static Lab MakeLab()
    {
        Lab lab = new();
        lab.Train(Lab.Event("start") with { Epochs = 3 });
        lab.Objects.Calls.Clear();
        return lab;
    }

    private static void AssertSame(Lab undisturbed, CoordinatorResult expected, Lab lab, CoordinatorResult result)
    {
        Assert.Equal(("complete", expected.ParametersSha256), (result.State, result.ParametersSha256));
        Assert.Equal((expected.TrainRmse, expected.TestRmse, expected.TestMae), (result.TrainRmse, result.TestRmse, result.TestMae));
        Assert.Equal(expected.RoundMilliseconds!.Length, result.RoundMilliseconds!.Length);
        Assert.Equal(undisturbed.Metrics().Select(Errors), lab.Metrics().Select(Errors));
        string[] files = ModelFiles(undisturbed);
        Assert.Equal(files, ModelFiles(lab));
        foreach (string file in files) Assert.Equal(undisturbed.Objects[file], lab.Objects[file]);
        Assert.Equal(("complete", "complete"), (lab.Status().State, lab.Lease().State));
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("rounds/", StringComparison.Ordinal));

        static (int, double, double?, double?) Errors(EpochMetrics line) => (line.Epoch, line.TrainRmse, line.TestRmse, line.TestMae);
        static string[] ModelFiles(Lab lab) => [.. lab.Objects.Keys.Where(key => key.StartsWith(Lab.Output + "/a-run/model/", StringComparison.Ordinal))];
    }
}
