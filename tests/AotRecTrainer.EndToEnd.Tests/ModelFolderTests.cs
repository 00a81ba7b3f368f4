using System.Globalization;
using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>What a run leaves behind.</summary>
public sealed class ModelFolderTests(PlantedDataset data)
{
    [Fact]
    public async Task Train_Done_LeavesTheContractsFilesAndNoRounds()
    {
        using TemporaryFolder runs = new();
        await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 4 --checkpoint-every 2 --factors 3");
        string[] expected =
        [
            ".aotrec-lock", "demo.log",
            "demo/checkpoints/00002/round-00002.1/checkpoint.json", "demo/checkpoints/00002/round-00002.1/parameters.arrow",
            "demo/checkpoints/00002/round-00002.1/state.arrow",
            "demo/checkpoints/00004/round-00004.1/checkpoint.json", "demo/checkpoints/00004/round-00004.1/parameters.arrow",
            "demo/checkpoints/00004/round-00004.1/state.arrow",
            "demo/config.json", "demo/lease.json", "demo/metrics.jsonl",
            "demo/model/item_factors.parquet", "demo/model/model.json", "demo/model/user_factors.parquet",
            "demo/result.json", "demo/status.json",
        ];
        Assert.Equal(expected, runs.Files);
        Assert.False(Directory.Exists(runs["demo/rounds"]));
    }

    [Fact]
    public async Task Model_AppliedToTheHeldOutRatings_HasTheErrorThatWasReported()
    {
        using TemporaryFolder runs = new();
        Training training = await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 30 --factors 4");
        using JsonDocument model = await ReadJsonAsync(runs["demo/model/model.json"]);
        double mean = model.RootElement.GetProperty("globalMean").GetDouble();
        double low = model.RootElement.GetProperty("ratingLow").GetDouble();
        double high = model.RootElement.GetProperty("ratingHigh").GetDouble();
        FactorTable users = FactorTable.Read(runs["demo/model/user_factors.parquet"]);
        FactorTable items = FactorTable.Read(runs["demo/model/item_factors.parquet"]);

        double Error((int User, int Item, float Rating) rated, bool clip)
        {
            double dot = users.Factors[rated.User].Zip(items.Factors[rated.Item], (p, q) => (double)p * q).Sum();
            double prediction = mean + users.Biases[rated.User] + items.Biases[rated.Item] + dot;
            return Math.Pow(rated.Rating - (clip ? Math.Clamp(prediction, low, high) : prediction), 2);
        }

        double testRmse = Math.Sqrt(Ratings.Read(data.Path, "test").Average(rated => Error(rated, clip: true)));
        double trainRmse = Math.Sqrt(Ratings.Read(data.Path, "train").Average(rated => Error(rated, clip: false)));
        Assert.Equal(training.TestRmse, testRmse, tolerance: 1e-5);
        Assert.Equal(training.TrainRmse, trainRmse, tolerance: 1e-5);
    }

    [Fact]
    public async Task Model_OpenedWithDuckDb_HasTheErrorThatWasReported()
    {
        Assert.SkipUnless(DuckDb.IsInstalled, DuckDb.Reason);
        using TemporaryFolder runs = new();
        Training training = await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 10 --factors 2 --workers 1");
        using JsonDocument model = await ReadJsonAsync(runs["demo/model/model.json"]);
        JsonElement root = model.RootElement;
        string rmse = await DuckDb.QueryAsync(
            $"""
            select sqrt(avg(pow(t.rating - greatest({root.GetProperty("ratingLow")}, least({root.GetProperty("ratingHigh")},
                {root.GetProperty("globalMean")} + u.bias + i.bias + u.factor_0 * i.factor_0 + u.factor_1 * i.factor_1)), 2)))
            from '{data.Path}/test/*.parquet' t
            join '{runs["demo/model/user_factors.parquet"]}' u using ("user")
            join '{runs["demo/model/item_factors.parquet"]}' i using (item)
            """);
        Assert.Equal(training.TestRmse, double.Parse(rmse, CultureInfo.InvariantCulture), tolerance: 1e-5);
        string title = await DuckDb.QueryAsync($"select title from '{runs["demo/model/item_factors.parquet"]}' where id = 70");
        Assert.Equal("Film 7 (1999)", title);
    }

    [Fact]
    public async Task Model_Tables_NameUsersAndItemsAsTheInputDid()
    {
        using TemporaryFolder runs = new();
        Training training = await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 2 --factors 2 --workers 1");
        FactorTable users = FactorTable.Read(runs["demo/model/user_factors.parquet"]);
        FactorTable items = FactorTable.Read(runs["demo/model/item_factors.parquet"]);
        Assert.Equal(["user", "id", "ratings", "bias", "factor_0", "factor_1"], users.Columns);
        Assert.Equal(["item", "id", "title", "ratings", "bias", "factor_0", "factor_1"], items.Columns);
        Assert.Equal(Enumerable.Range(1, PlantedDataset.Users).Select(id => (long)id), users.Ids.Order());
        Assert.Equal(Enumerable.Range(1, PlantedDataset.Items).Select(id => id * 10L), items.Ids.Order());
        using JsonDocument model = await ReadJsonAsync(runs["demo/model/model.json"]);
        Assert.Equal(training.Sha256, model.RootElement.GetProperty("parametersSha256").GetString());
        Assert.Equal(new Uri(runs["demo/model"]).AbsoluteUri, training.Result.GetProperty("model").GetString());
    }

    [Fact]
    public async Task HeldOutError_PlantedRatings_FallsFromEpochToEpochAndBelowTheNoise()
    {
        using TemporaryFolder runs = new();
        Training training = await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 60 --factors 2 --regularization 0.02");
        double[] held =
        [
            .. (await File.ReadAllLinesAsync(runs["demo/metrics.jsonl"], TestContext.Current.CancellationToken))
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("testRmse").GetDouble()),
        ];
        Assert.Equal(61, held.Length);
        Assert.Equal(training.TestRmse, held[^1]);

        // An epoch here and there may overshoot; over ten epochs the error falls until it moves about its floor.
        double[] smooth = [.. held.Chunk(10).Where(chunk => chunk.Length == 10).Select(chunk => chunk.Average())];
        Assert.True(smooth[0] > 1.5 * smooth[^1], string.Join(' ', smooth));
        double floor = smooth.Min() * 1.02;
        Assert.All(smooth.Zip(smooth.Skip(1)), pair => Assert.True(pair.Second < Math.Max(pair.First, floor), string.Join(' ', smooth)));

        // Ratings are rounded to halves, which alone leaves 0.5 / sqrt(12) = 0.144; without the planted factor 0.8 would remain.
        Assert.InRange(training.TestRmse, 0.1, 0.3);
    }

    private static async Task<JsonDocument> ReadJsonAsync(string path) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
}
