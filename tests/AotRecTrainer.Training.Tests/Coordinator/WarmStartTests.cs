using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class WarmStartTests
{
    private const string Saved = Lab.Output + "/a-run/model";

    [Fact]
    public void Train_FromASavedModel_StartsWhereItWas()
    {
        using Lab lab = new();
        CoordinatorResult first = lab.Train(Lab.Event() with { Epochs = 30 });
        lab.Train(Lab.Event("b-run") with { Epochs = 1, InitialModel = Saved });
        EpochMetrics start = lab.Metrics("b-run")[0];
        Assert.Equal((first.TrainRmse, first.TestRmse), (start.TrainRmse, start.TestRmse));
    }

    [Fact]
    public void Train_UsersWereAdded_MapsThoseThatItKnowsByTheirOriginalIds()
    {
        using Lab lab = new(users: 30);
        lab.Train(Lab.Event() with { Epochs = 30 });
        ModelParameters before = SavedModel.Read(lab, "a-run");
        long[] known = SavedModel.Ids(lab, "a-run", "user_factors.parquet");

        // The larger data set has these users and ten before and ten behind them, dealt out anew.
        LittleData.Write(lab.Objects, "mem://data/more", users: 50, items: 18, shards: 5, firstUser: -10);
        lab.Train(Lab.Event("b-run") with { Dataset = "mem://data/more", Epochs = 1, LearningRate = 1e-12, InitialModel = Saved });
        ModelParameters after = SavedModel.Read(lab, "b-run");
        long[] ids = SavedModel.Ids(lab, "b-run", "user_factors.parquet");
        Assert.Equal(50, ids.Length);
        Assert.NotEqual(known, ids[..30]);
        for (int row = 0; row < known.Length; row++)
        {
            int at = Array.IndexOf(ids, known[row]);
            Assert.Equal(before.UserBiases[row], after.UserBiases[at], 1e-6f);
            for (int f = 0; f < 3; f++) Assert.Equal(before.UserFactors[(row * 3) + f], after.UserFactors[(at * 3) + f], 1e-6f);
        }

        foreach (long added in ids.Except(known)) Assert.Equal(0, after.UserBiases[Array.IndexOf(ids, added)], 1e-6f);
    }

    [Fact]
    public void Train_FromAModelOfOtherFactors_IsRefusedBeforeTheRunBegins()
    {
        using Lab lab = new();
        lab.Train(Lab.Event());
        CoordinatorEvent asked = Lab.Event("b-run") with { Factors = 5, InitialModel = Saved };
        Assert.Equal("initialModel has 3 factors, expected 5", Assert.Throws<TrainingInputException>(() => lab.Train(asked)).Message);
        Assert.Empty(lab.KeysOf("b-run"));
    }

    [Fact]
    public void Train_FromNoModelOrADamagedOne_IsRefused()
    {
        using Lab lab = new();
        lab.Train(Lab.Event());
        CoordinatorEvent asked = Lab.Event("b-run") with { InitialModel = Saved };
        Assert.Contains("has no model.json", Refused(asked with { InitialModel = Lab.Output }), StringComparison.Ordinal);
        byte[] users = lab.Objects[Saved + "/user_factors.parquet"]!;
        lab.Objects[Saved + "/user_factors.parquet"] = users[..(users.Length / 2)];
        Assert.Contains("user_factors.parquet", Refused(asked), StringComparison.Ordinal);
        lab.Objects[Saved + "/user_factors.parquet"] = null;
        Assert.Contains("user_factors.parquet is missing", Refused(asked), StringComparison.Ordinal);
        lab.Objects[Saved + "/model.json"] = "{"u8.ToArray();
        Assert.Contains("model.json", Refused(asked), StringComparison.Ordinal);
        Assert.Empty(lab.KeysOf("b-run"));

        string Refused(CoordinatorEvent with) => Assert.Throws<TrainingInputException>(() => lab.Train(with)).Message;
    }

    [Theory]
    [InlineData("als")]
    [InlineData("bayesian")]
    public void Train_FromASavedModel_HelpsTheOtherAlgorithmsToo(string algorithm)
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { Algorithm = "als", Epochs = 12 });
        lab.Train(Lab.Event("cold") with { Algorithm = algorithm, Epochs = 1 });
        lab.Train(Lab.Event("warm") with { Algorithm = algorithm, Epochs = 1, InitialModel = Saved });
        Assert.True(lab.Metrics("warm")[0].TrainRmse < lab.Metrics("cold")[0].TrainRmse);
    }
}
