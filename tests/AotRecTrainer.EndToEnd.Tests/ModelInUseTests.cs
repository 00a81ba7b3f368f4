using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>What people do with a trained model, by the commands of docs/models.md and by the function.</summary>
public sealed class ModelInUseTests(PlantedDataset data)
{
    [Fact]
    public async Task Evaluate_TrainedModel_HasTheErrorsOfTheRunAndBeatsNothingItShouldNot()
    {
        using TemporaryFolder folder = new();
        Training training = await TrainAsync(folder);
        ProgramRun run = (await ProgramRun.OfAsync(
            Checkout.Aotrec, "evaluate", "--model", folder["runs/demo/model"], "--at", "10", "--json", folder["e.json"])).ShouldSucceed();
        using JsonDocument result = await ReadAsync(folder["e.json"]);
        Assert.Equal(training.TestRmse, result.RootElement.GetProperty("rmse").GetDouble(), 5);
        Assert.Contains($"RMSE {training.TestRmse:F4}", run.Output, StringComparison.Ordinal);

        // 120 items, of which a user has rated 36 in train and likes some of the 4 held out: by chance ten items hold a ninth of them.
        Assert.InRange(result.RootElement.GetProperty("ranking").GetProperty("recall").GetDouble(), 0.15, 1);
    }

    [Fact]
    public async Task Recommend_CommandAndFunction_AnswerTheSame()
    {
        using TemporaryFolder folder = new();
        await TrainAsync(folder);
        ProgramRun run = await RecommendAsync(folder, "--user 42 --count 7");
        await using LocalService service = await LocalService.StartAsync();
        string model = new Uri(folder["runs/demo/model"]).AbsoluteUri;
        (JsonElement answer, bool failed) = await service.InvokeAsync(
            JsonSerializer.Serialize(new { role = "recommend", model, user = "42", count = 7 }));
        Assert.False(failed, answer.GetRawText());
        using JsonDocument saved = await ReadAsync(folder["r.json"]);
        Assert.Equal(saved.RootElement.GetRawText(), answer.GetRawText());
        Assert.Equal(7, answer.GetProperty("items").GetArrayLength());
        string title = answer.GetProperty("items")[0].GetProperty("title").GetString()!;
        Assert.Contains(title, run.Output, StringComparison.Ordinal);
        int[] rated = [.. Ratings.Read(data.Path, "train").Where(rating => rating.User == UserIndex(folder, 42)).Select(rating => rating.Item)];
        FactorTable items = FactorTable.Read(folder["runs/demo/model/item_factors.parquet"]);
        Assert.Equal(36, rated.Length);
        Assert.Empty(answer.GetProperty("items").EnumerateArray()
            .Select(item => Array.IndexOf(items.Ids, long.Parse(item.GetProperty("item").GetString()!, provider: null))).Intersect(rated));
    }

    [Fact]
    public async Task Recommend_NewUserAndSimilarItems_AnswerFromTheModelAlone()
    {
        using TemporaryFolder folder = new();
        await TrainAsync(folder);
        ProgramRun taste = await RecommendAsync(folder, "--rate 10=5 --rate 20=1");
        Assert.Equal(11, taste.Output.TrimEnd().Split('\n').Length);
        ProgramRun similar = await RecommendAsync(folder, "--similar-to 10 --count 3");
        Assert.Equal(4, similar.Output.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("--user 1 --similar-to 10", "expected one of --user, --rate and --similar-to")]
    [InlineData("", "expected one of --user, --rate and --similar-to")]
    [InlineData("--rate 10", "--rate is '10', expected an item's id, '=' and a number")]
    [InlineData("--similar-to nothing", "similarTo is \"nothing\"")]
    [InlineData("--user 1 --count 0", "count is 0")]
    public async Task Recommend_QuestionThatMakesNoSense_IsOneLineAndExitCode2(string options, string expected)
    {
        using TemporaryFolder folder = new();
        await TrainAsync(folder, epochs: 1);
        string[] arguments = ["recommend", "--model", folder["runs/demo/model"], .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        (await ProgramRun.OfAsync(Checkout.Aotrec, arguments)).ShouldFail(2, expected);
    }

    [Theory]
    [InlineData("recommend --user 1")]
    [InlineData("evaluate")]
    public async Task AnyCommand_NoModelThere_IsOneLineAndExitCode2(string command)
    {
        using TemporaryFolder folder = new();
        string[] words = command.Split(' ');
        (await ProgramRun.OfAsync(Checkout.Aotrec, [words[0], "--model", folder["nothing"], .. words[1..]])).ShouldFail(2, "has no model.json");
    }

    [Fact]
    public async Task DuckDb_RecipeOfTheDocs_RanksAsRecommendDoes()
    {
        Assert.SkipUnless(DuckDb.IsInstalled, DuckDb.Reason);
        using TemporaryFolder folder = new();
        await TrainAsync(folder);
        await RecommendAsync(folder, "--user 42 --include-rated");
        using JsonDocument answer = await ReadAsync(folder["r.json"]);
        using JsonDocument model = await ReadAsync(folder["runs/demo/model/model.json"]);
        string recipe = Fenced("sql").Replace("3.5", model.RootElement.GetProperty("globalMean").GetRawText(), StringComparison.Ordinal)
            .Replace("runs/demo", folder["runs/demo"], StringComparison.Ordinal);
        string ids = await DuckDb.QueryAsync($"select string_agg(id, ',' order by rating desc) from ({recipe})");
        Assert.Equal(
            string.Join(',', answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("item").GetString())), ids);
    }

    [Fact]
    public async Task Pandas_RecipeOfTheDocs_RanksAsRecommendDoes()
    {
        ProgramRun probe = await ProgramRun.OfAsync("python3", "-c", "import pandas, pyarrow");
        Assert.SkipUnless(probe.ExitCode == 0, "python3 with pandas and pyarrow is not installed.");
        using TemporaryFolder folder = new();
        await TrainAsync(folder);
        await RecommendAsync(folder, "--user 42 --include-rated");
        using JsonDocument answer = await ReadAsync(folder["r.json"]);
        string recipe = Fenced("python").Replace("runs/demo", folder["runs/demo"], StringComparison.Ordinal);
        ProgramRun run = (await ProgramRun.OfAsync("python3", "-c", recipe)).ShouldSucceed();
        string first = answer.RootElement.GetProperty("items")[0].GetProperty("item").GetString()!;
        Assert.Contains(first, run.Output, StringComparison.Ordinal);
    }

    /// <summary>Asks the model; the answer is in <c>r.json</c> too.</summary>
    private static async Task<ProgramRun> RecommendAsync(TemporaryFolder folder, string options)
    {
        string[] arguments = ["recommend", "--model", folder["runs/demo/model"], .. options.Split(' '), "--json", folder["r.json"]];
        return (await ProgramRun.OfAsync(Checkout.Aotrec, arguments)).ShouldSucceed();
    }

    private static string Fenced(string language)
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "models.md"));
        int from = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static int UserIndex(TemporaryFolder folder, long id) =>
        Array.IndexOf(FactorTable.Read(folder["runs/demo/model/user_factors.parquet"]).Ids, id);

    private static async Task<JsonDocument> ReadAsync(string path) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

    private Task<Training> TrainAsync(TemporaryFolder folder, int epochs = 40) =>
        Training.RunAsync(data.Path, folder["runs"], $"--run demo --workers 0 --epochs {epochs} --factors 3");
}
