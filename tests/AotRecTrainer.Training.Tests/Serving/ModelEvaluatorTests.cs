using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Serving;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Serving;

public sealed class ModelEvaluatorTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("batch-gradient")]
    [InlineData("als")]
    [InlineData("bayesian")]
    public void Evaluate_DataSetOfTheTraining_HasTheErrorsThatTheTrainingReported(string algorithm)
    {
        CoordinatorResult trained = _lab.Train(Lab.Event() with { Algorithm = algorithm, Epochs = 12 });
        EvaluationResult result = Evaluate();
        Assert.Equal(trained.TestRmse!.Value, result.Rmse!.Value, 5);
        Assert.Equal(trained.TestMae!.Value, result.Mae!.Value, 5);
        Assert.Equal(0, result.UnknownRatings);
    }

    [Fact]
    public void Evaluate_Lists_HitMoreThanChanceAndStayInRange()
    {
        _lab.Train(Lab.Event() with { Algorithm = "als", Epochs = 12 });
        EvaluationResult result = Evaluate();
        Assert.InRange(result.RankedUsers, 5, 40);
        foreach (RankingScores scores in (RankingScores[])[result.Ranking!, result.Popularity!])
        {
            Assert.InRange(scores.Ndcg, 0.05, 1);
            Assert.InRange(scores.Recall, 0.05, 1);
            Assert.InRange(scores.Coverage, 0.05, 1);
        }
    }

    [Fact]
    public void Evaluate_ListAsLongAsAllItems_RecallsEverything()
    {
        _lab.Train(Lab.Event());
        EvaluationResult result = Evaluate(listLength: 18);
        Assert.Equal(1, result.Ranking!.Recall, 12);
        Assert.Equal(1, result.Popularity!.Recall, 12);
    }

    [Fact]
    public void Evaluate_NothingIsLikedThatMuch_HasNoLists()
    {
        _lab.Train(Lab.Event());
        EvaluationResult result = Evaluate(likedFrom: 6);
        Assert.Equal((0, null, null), (result.RankedUsers, result.Ranking, result.Popularity));
    }

    [Fact]
    public void Evaluate_DataSetWithUsersThatTheModelDoesNotKnow_CountsThemAndPredictsFromItemsAlone()
    {
        _lab.Train(Lab.Event());
        LittleData.Write(_lab.Objects, "mem://data/more", users: 60, items: 18, shards: 3, firstUser: 0);
        EvaluationResult result = Evaluate(dataset: "mem://data/more");
        Assert.InRange(result.UnknownRatings, 1, result.Ratings - 1);
        Assert.True(double.IsFinite(result.Rmse!.Value));
    }

    private EvaluationResult Evaluate(int listLength = 5, float likedFrom = 4, string dataset = Lab.Dataset) => _lab.Time.Run(async () =>
    {
        string location = Lab.Output + "/a-run/model";
        var model = await SavedModelReader.ReadAsync(_lab.Objects.Open(location), CancellationToken.None);
        return await new ModelEvaluator(model, listLength, likedFrom).EvaluateAsync(
            _lab.Host, location, dataset, new Progress<double>(), CancellationToken.None);
    });
}
