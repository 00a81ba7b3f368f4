using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Serving;
using AotRecTrainer.Training.Tests.Support;
using Tables = AotRecTrainer.Training.Tests.Support.SavedModel;

namespace AotRecTrainer.Training.Tests.Serving;

public sealed class RecommendRoleTests : IDisposable
{
    private const string Model = Lab.Output + "/a-run/model";
    private readonly Lab _lab = new();
    private readonly RecommendRole _role;

    public RecommendRoleTests()
    {
        _lab.Train(Lab.Event() with { Epochs = 40 });
        _role = new RecommendRole(_lab.Host);
    }

    public void Dispose()
    {
        _role.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void Run_KnownUser_IsTheBestOfWhatTheUserHasNotRated()
    {
        RecommendResult all = Ask(new RecommendEvent { User = "105", Count = 18, ExcludeRated = false });
        RecommendResult rest = Ask(new RecommendEvent { User = "105", Count = 18 });
        Assert.Equal(("known", 18), (all.Basis, all.Items.Length));
        Assert.InRange(rest.Items.Length, 1, 17);
        Assert.Equal(all.Items.Where(item => rest.Items.Contains(item)), rest.Items);
        Assert.Equal(all.Items.OrderByDescending(item => item.Score), all.Items);
        Assert.All(all.Items, item => Assert.InRange(item.Score, 1, 5));
    }

    [Fact]
    public void Run_UnknownUser_IsWhatTheBiasesSay()
    {
        RecommendResult result = Ask(new RecommendEvent { User = "nobody", Count = 18 });
        Assert.Equal("unknown", result.Basis);
        var model = Tables.Read(_lab, "a-run");
        long[] ids = Tables.Ids(_lab, "a-run", "item_factors.parquet");
        Assert.Equal(
            ids.OrderByDescending(id => model.ItemBiases[Array.IndexOf(ids, id)]).Select(id => $"{id}"),
            result.Items.Select(item => item.Item));
    }

    [Fact]
    public void Run_RatingsOfANewUser_PredictTheUsersOwnTaste()
    {
        // Two opposite tastes get opposite lists, and what was rated is not recommended.
        string[] ids = [.. Ask(new RecommendEvent { User = "nobody", Count = 18 }).Items.Select(item => item.Item)];
        Dictionary<string, float> one = ids[..8].Select((id, at) => (id, at)).ToDictionary(pair => pair.id, pair => pair.at % 2 == 0 ? 5f : 1f);
        Dictionary<string, float> other = one.ToDictionary(pair => pair.Key, pair => 6 - pair.Value);
        RecommendResult first = Ask(new RecommendEvent { Ratings = one, Count = 18 });
        RecommendResult second = Ask(new RecommendEvent { Ratings = other, Count = 18 });
        Assert.Equal(("folded-in", 10), (first.Basis, first.Items.Length));
        Assert.NotEqual(first.Items[0].Item, second.Items[0].Item);
        Assert.DoesNotContain(first.Items, item => one.ContainsKey(item.Item));
    }

    [Fact]
    public void Run_RatingsOfItemsThatAreUnknown_SaysSoAndFallsBack()
    {
        RecommendResult result = Ask(new RecommendEvent { Ratings = new() { ["no-such"] = 5 } });
        Assert.Equal("unknown", result.Basis);
        Assert.Equal(["no-such"], result.UnknownItems);
        Assert.Equal(10, result.Items.Length);
    }

    [Fact]
    public void Run_SimilarItems_LeavesOutTheItemItself()
    {
        RecommendResult result = Ask(new RecommendEvent { SimilarTo = "3", Count = 18 });
        Assert.Equal(("similar", 17), (result.Basis, result.Items.Length));
        Assert.DoesNotContain(result.Items, item => item.Item == "3");
        Assert.All(result.Items, item => Assert.InRange(item.Score, -1, 1));
    }

    [Fact]
    public void Run_Exclude_LeavesOutAndReportsUnknownIds()
    {
        string best = Ask(new RecommendEvent { User = "nobody" }).Items[0].Item;
        RecommendResult result = Ask(new RecommendEvent { User = "nobody", Exclude = [best, "what"] });
        Assert.DoesNotContain(result.Items, item => item.Item == best);
        Assert.Equal(["what"], result.UnknownItems);
    }

    [Fact]
    public void Run_SecondQuestion_ReadsNothing()
    {
        Ask(new RecommendEvent { User = "105" });
        int before = _lab.Objects.Calls.Count;
        Ask(new RecommendEvent { User = "105", Count = 3 });
        Assert.Equal(before, _lab.Objects.Calls.Count);
    }

    [Fact]
    public void Run_ModelTrainedAnewAtTheSamePlace_IsNoticedAfterAMinute()
    {
        RecommendResult before = Ask(new RecommendEvent { User = "105" });
        _lab.Train(Lab.Event("b-run") with { Epochs = 3, Seed = 9 });
        foreach (string key in _lab.Objects.Keys.Where(key => key.StartsWith(Lab.Output + "/b-run/model/", StringComparison.Ordinal)))
            _lab.Objects[key.Replace("/b-run/", "/a-run/", StringComparison.Ordinal)] = _lab.Objects[key];
        Assert.Equal(before.Items, Ask(new RecommendEvent { User = "105" }).Items);
        _lab.Time.Run(() => Task.Delay(TimeSpan.FromMinutes(2), _lab.Time));
        Assert.NotEqual(before.Items, Ask(new RecommendEvent { User = "105" }).Items);
    }

    [Fact]
    public void Run_DataSetIsGone_SaysHowToAskWithoutIt()
    {
        foreach (string key in _lab.Objects.Keys.Where(key => key.StartsWith(Lab.Dataset, StringComparison.Ordinal))) _lab.Objects[key] = null;
        string message = Assert.Throws<TrainingInputException>(() => Ask(new RecommendEvent { User = "105" })).Message;
        Assert.Contains("excludeRated: false", message, StringComparison.Ordinal);
        Assert.Equal(10, Ask(new RecommendEvent { User = "105", ExcludeRated = false }).Items.Length);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Run_QuestionThatMakesNoSense_IsRefusedInOneLine(RecommendEvent asked, string expected)
    {
        string message = Assert.Throws<TrainingInputException>(() => Ask(asked)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    public static TheoryData<RecommendEvent, string> Mistakes => new()
    {
        { new RecommendEvent(), "0 of user, ratings and similarTo are given, expected one" },
        { new RecommendEvent { User = "1", SimilarTo = "3" }, "2 of user, ratings and similarTo are given, expected one" },
        { new RecommendEvent { User = "1", Count = 0 }, "count is 0, expected 1..10000" },
        { new RecommendEvent { SimilarTo = "none" }, "similarTo is \"none\", which is not an item of the model" },
        { new RecommendEvent { Ratings = new() { ["3"] = float.NaN } }, "the rating of item 3 is NaN, expected a number" },
        { new RecommendEvent { User = "1", Model = "mem://runs/nothing" }, "has no model.json" },
        { new RecommendEvent { User = "1", Model = " " }, "model is missing" },
    };

    private RecommendResult Ask(RecommendEvent asked) =>
        _lab.Time.Run(() => _role.RunAsync(asked with { Model = asked.Model ?? Model }, CancellationToken.None));
}
