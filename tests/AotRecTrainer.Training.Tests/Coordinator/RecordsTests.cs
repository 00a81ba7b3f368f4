using System.Text.Json;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class RecordsTests
{
    [Fact]
    public void Train_ToItsEnd_WritesWhatTheRunWas()
    {
        using Lab lab = new();
        CoordinatorResult result = lab.Train(Lab.Event() with { CheckpointEvery = 2 });
        Assert.Equal("mem://runs/a-run/model", result.Model);
        Assert.Equal((4, 4, 2), (result.Rounds, result.RoundMilliseconds!.Length, result.ColdStarts));

        RunStatus status = lab.Status();
        Assert.Equal(("a-run", "complete", 4, 4, 4), (status.Run, status.State, status.Epoch, status.Epochs, status.MeasuredEpoch));
        Assert.Equal((result.TrainRmse, result.TestRmse, result.TestMae), (status.TrainRmse!.Value, status.TestRmse, status.TestMae));
        Assert.Null(status.Message);

        EpochMetrics[] metrics = lab.Metrics();
        Assert.Equal([0, 1, 2, 3, 4], metrics.Select(line => line.Epoch));
        Assert.Equal((result.TrainRmse, result.TestRmse, result.TestMae), (metrics[^1].TrainRmse, metrics[^1].TestRmse, metrics[^1].TestMae));
        Assert.All(metrics.Zip(metrics.Skip(1)), pair => Assert.True(pair.Second.TrainRmse < pair.First.TrainRmse));

        RunConfig config = JsonSerializer.Deserialize(lab.Objects[$"{Lab.Output}/a-run/config.json"], TrainingJson.Default.RunConfig)!;
        TrainingPlan plan = TrainingPlan.From(Lab.Event() with { CheckpointEvery = 2 }, default);
        Assert.Equal(plan, TrainingPlan.Of("a-run", Lab.Output, config));
        Assert.Equal("invocation-1", config.Invocation);
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("rounds/", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_ToItsEnd_DescribesTheModel()
    {
        using Lab lab = new();
        CoordinatorResult result = lab.Train(Lab.Event());
        ModelDescription model = lab.Model();
        Assert.Equal((1, "a-run", Lab.Dataset, "batch-gradient"), (model.FormatVersion, model.Run, model.Dataset, model.Algorithm));
        Assert.Equal((40, 18, 3, 4), (model.Users, model.Items, model.Factors, model.Epochs));
        Assert.Equal((1f, 5f), (model.RatingLow, model.RatingHigh));
        Assert.Equal((result.TrainRmse, result.TestRmse, result.ParametersSha256), (model.TrainRmse, model.TestRmse, model.ParametersSha256));
        Assert.Null(model.Samples);
        Assert.Null(model.NoisePrecision);
        ModelParameters saved = SavedModel.Read(lab, "a-run");
        Assert.Equal(result.ParametersSha256, saved.Sha256());
    }

    [Fact]
    public void Train_Bayesian_SavesTheSamplesThatPredictionsAreAveragedOver()
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { Algorithm = "bayesian", Epochs = 5, BurnIn = 2 });
        ModelDescription model = lab.Model();
        Assert.Equal(["samples/00003.arrow", "samples/00004.arrow", "samples/00005.arrow", "samples/00006.arrow"], model.Samples!);
        Assert.True(model.NoisePrecision > 0);
        ModelParameters[] samples = [.. model.Samples!.Select(name => ParameterSerializer.Read(lab.Objects[$"{Lab.Output}/a-run/model/{name}"]!, name))];
        ModelParameters mean = SavedModel.Read(lab, "a-run");
        for (int i = 0; i < mean.ItemFactors.Length; i++)
            Assert.Equal(samples.Average(sample => (double)sample.ItemFactors[i]), mean.ItemFactors[i], 1e-5);
        Assert.Equal(4, samples.Select(sample => sample.Sha256()).Distinct().Count());
    }

    [Fact]
    public void Checkpoints_EveryFewEpochs_HoldTheModelOfThatEpoch()
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { Epochs = 5, CheckpointEvery = 2 });
        Assert.Equal(
            ["checkpoints/00002/round-00002.1/checkpoint.json", "checkpoints/00004/round-00004.1/checkpoint.json"],
            lab.KeysOf("a-run").Where(key => key.EndsWith("checkpoint.json", StringComparison.Ordinal)));
        using Lab shorter = new();
        string? digest = shorter.Train(Lab.Event() with { Epochs = 4 }).ParametersSha256;
        CheckpointDescription checkpoint = JsonSerializer.Deserialize(
            lab.Objects[$"{Lab.Output}/a-run/checkpoints/00004/round-00004.1/checkpoint.json"], TrainingJson.Default.CheckpointDescription)!;
        Assert.Equal((4, digest!), (checkpoint.Epoch, checkpoint.ParametersSha256));
        Assert.Equal(digest, ParameterSerializer.Read(lab.Objects[$"{Lab.Output}/{checkpoint.Parameters}"]!, "it").Sha256());
        Assert.NotEmpty(StateSerializer.Read(lab.Objects[$"{Lab.Output}/{checkpoint.State}"]!, "it"));
    }

    [Fact]
    public void Checkpoints_NotWanted_AreNotWritten()
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { CheckpointEvery = 0 });
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("checkpoints/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Patience_WhenTheHeldOutErrorRises_StopsAndKeepsTheBest(int batches)
    {
        using Lab lab = new();
        CoordinatorEvent asked = Lab.Event() with { Epochs = 300, Patience = 4, Factors = 12, Regularization = 0, BatchesPerEpoch = batches };
        CoordinatorResult result = lab.Train(asked);
        EpochMetrics[] metrics = lab.Metrics();
        EpochMetrics best = metrics.MinBy(line => line.TestRmse)!;
        ModelDescription model = lab.Model();
        Assert.InRange(metrics.Length, 6, 299);
        Assert.Equal(best.Epoch, model.Epochs);
        Assert.Equal(best.Epoch + 4, metrics[^1].Epoch);
        Assert.Equal(result.ParametersSha256, model.ParametersSha256);
        if (batches == 1)
        {
            Assert.Equal(best.TestRmse, result.TestRmse);
            using Lab shorter = new();
            Assert.Equal(shorter.Train(asked with { Epochs = best.Epoch, Patience = 0 }).ParametersSha256, result.ParametersSha256);
        }
        else
        {
            Assert.Equal(Errors.TestRmse(lab, SavedModel.Read(lab, "a-run")), result.TestRmse!.Value, 1e-5);
        }
    }
}
