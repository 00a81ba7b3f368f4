using System.Text.Json;
using AotRecTrainer.Cli.Plan;
using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Cli.Sweep;
using AotRecTrainer.Cli.Tests.Support;
using AotRecTrainer.Dataset.Synthesis;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class PlanCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_WithATarget_RecommendsTheCheapestInTimeAndDrawsTheFrontier()
    {
        CommandRun run = await PlanAsync("--target-minutes", "10", "--json", _folder["plan.json"]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("recommended: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("| workers | memory MB | time | US$ |", run.Output, StringComparison.Ordinal);
        JsonElement plan = JsonElement.Parse(await File.ReadAllBytesAsync(_folder["plan.json"], Cancel));
        JsonElement[] frontier = [.. plan.GetProperty("frontier").EnumerateArray()];
        double cheapest = plan.GetProperty("configurations").EnumerateArray().Min(Dollars);
        Assert.Equal(cheapest, Dollars(plan.GetProperty("recommended")));
        Assert.Equal(cheapest, Dollars(frontier[^1]));
        Assert.Equal(7, frontier[0].GetProperty("parts").EnumerateObject().Count());
    }

    [Fact]
    public async Task Plan_WithABudget_RecommendsTheFastestForIt()
    {
        CommandRun run = await PlanAsync("--budget", "1000", "--json", _folder["plan.json"]);
        Assert.Equal(0, run.ExitCode);
        JsonElement plan = JsonElement.Parse(await File.ReadAllBytesAsync(_folder["plan.json"], Cancel));
        Assert.Equal(plan.GetProperty("configurations")[0].GetProperty("seconds").GetDouble(), plan.GetProperty("recommended").GetProperty("seconds").GetDouble());
    }

    [Theory]
    [InlineData("--target-minutes", "0.0000001", "no configuration trains within 0.0 s: the fastest, ")]
    [InlineData("--budget", "0.00000001", "no configuration trains for $0.00000: the cheapest, ")]
    public async Task Plan_GoalOutOfReach_SaysHowNearOneComes(string option, string value, string expected)
    {
        CommandRun run = await PlanAsync(option, value);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {expected}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("costs $", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_NoGoal_ShowsTheFrontierOnly()
    {
        CommandRun run = await PlanAsync("--workers", "0");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("recommended:", run.Output, StringComparison.Ordinal);
        Assert.Contains("| 0 | ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not both", "--budget", "1", "--target-minutes", "1")]
    [InlineData("--budget is 0, expected a number above 0", "--budget", "0")]
    [InlineData("--workers has 'x', expected whole numbers from 0 to 1000", "--workers", "1,x")]
    [InlineData("--memory has '64', expected whole numbers from 128 to 10240", "--memory", "64")]
    [InlineData("--store is 'tape', expected directory, s3, s3-express", "--store", "tape")]
    [InlineData("--architecture is 'mips', expected x86_64 or arm64", "--architecture", "mips")]
    [InlineData("algorithm is \"svd\"", "--algorithm", "svd")]
    [InlineData("needs '--calibrate'", "--from-scratch")]
    [InlineData("--calibration /no/such cannot be read", "--calibration", "/no/such")]
    [InlineData("expected a run that is complete", "--calibrate", "/no/such/run")]
    public async Task Plan_WrongInput_IsOneLine(string expected, params string[] options)
    {
        CommandRun run = await PlanAsync(options);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_LittleMemory_IsNotRecommended()
    {
        CommandRun run = await PlanAsync("--memory", "128", "--workers", "3", "--algorithm", "als", "--factors", "512");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no configuration has enough memory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_CalibratedWithARun_ForecastsThatRun()
    {
        string dataset = await DatasetAsync();
        Record(dataset, workers: 2, memory: 885, seconds: 77);
        CommandRun run = await PlanAsync(
            "--epochs", "6", "--workers", "2", "--memory", "885", "--calibrate", _folder["runs/slow"], "--save-calibration", _folder["calibration.json"], "--json",
            _folder["plan.json"]);
        Assert.Equal("", run.Error);
        JsonElement plan = JsonElement.Parse(await File.ReadAllBytesAsync(_folder["plan.json"], Cancel));
        Assert.Equal(77, plan.GetProperty("configurations")[0].GetProperty("seconds").GetDouble(), 1.0);
        Calibration saved = CalibrationFile.Read(_folder["calibration.json"]);
        Assert.Equal("directory", saved.Store);
        Assert.Equal(1, saved.Runs);

        // The same again from the saved calibration.
        CommandRun again = await PlanAsync("--epochs", "6", "--workers", "2", "--memory", "885", "--calibration", _folder["calibration.json"]);
        Assert.Equal(run.Output, again.Output);
    }

    [Theory]
    [InlineData("""{"date":"d","machine":"m","store":"directory","runs":1,"medianError":0,"terms":{"start.fun":1}}""", "term 'start.fun' is not known")]
    [InlineData("""{"date":"d","machine":"m","store":"directory","runs":1,"medianError":0,"terms":{"start.run":-1}}""", "term 'start.run' is -1, expected 0 or more")]
    [InlineData("""{"date":"d","machine":"m","store":"directory","runs":1,"medianError":0,"terms":{}}""", "it has no terms")]
    [InlineData("[]", "JSON value could not be converted")]
    public async Task Plan_DamagedCalibration_SaysWhat(string content, string expected)
    {
        await File.WriteAllTextAsync(_folder["damaged.json"], content, Cancel);
        CommandRun run = await PlanAsync("--calibration", _folder["damaged.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Shipped_Calibration_KnowsEveryAlgorithmAndSaysWhenItWasMeasured()
    {
        Calibration shipped = CalibrationFile.ReadShipped();
        Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", shipped.Date);
        Assert.True(shipped.Runs >= 8);
        foreach (string algorithm in (string[])["batch-gradient", "als", "bayesian"])
            Assert.True(CostTerms.All.Any(term => term.Name.StartsWith($"compute.{algorithm}.", StringComparison.Ordinal) && shipped.Terms[term.Name] > 0), algorithm);
    }

    public void Dispose() => _folder.Dispose();

    private static double Dollars(JsonElement forecast) => forecast.GetProperty("costUsd").GetDouble();

    private async Task<CommandRun> PlanAsync(params string[] options) =>
        await CommandRun.OfAsync(Cancel, ["plan", "--dataset", await DatasetAsync(), .. options]);

    private Task<string> DatasetAsync() => SyntheticData.EnsureAsync(
        _folder.Path, "data", new SyntheticOptions { Users = 60, Items = 50, Ratings = 1500 }, long.MaxValue, Cancel);

    private void Record(string dataset, int workers, int memory, double seconds)
    {
        string run = Directory.CreateDirectory(_folder["runs/slow"]).FullName;
        TrainingPlan plan = TrainingPlan.From(
            new CoordinatorEvent { Run = "slow", Dataset = dataset, Output = "/o", Workers = workers, Epochs = 6 }, DateTimeOffset.UnixEpoch);
        CoordinatorResult result = new()
        {
            Run = "slow",
            Workers = workers,
            WallSeconds = seconds,
            MemoryMegabytes = memory,
            Segments = 1,
            Rounds = 6,
            Architecture = "x86_64",
            Kernel = "scalar",
        };
        File.WriteAllBytes(Path.Combine(run, "config.json"), JsonSerializer.SerializeToUtf8Bytes(plan.ToConfig("id", manifest: ""), TrainingJson.Default.RunConfig));
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), """{"epoch":6,"trainRmse":1,"testRmse":1,"testMae":1,"milliseconds":60000,"elapsedMilliseconds":70000,"workerMilliseconds":9000}""");
        File.WriteAllBytes(Path.Combine(run, "result.json"), JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.CoordinatorResult));
    }
}
