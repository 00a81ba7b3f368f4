using AotRecTrainer.Cli.Tests.Support;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Train;

/// <summary>What <c>aotrec train</c> makes of the coordinator's answer.</summary>
public sealed class TrainResultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_Json_WritesTheAnswerAsItCame()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await TrainAsync(Answers.Result, null, "--json", folder["result.json"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Answers.Result, await File.ReadAllTextAsync(folder["result.json"], Cancel));
    }

    [Theory]
    [InlineData("no/such/folder/result.json", "cannot be written")]
    [InlineData(".", "is a directory")]
    public async Task Train_JsonThatCannotBeWritten_IsRefusedBeforeTheTraining(string path, string expected)
    {
        using TemporaryFolder folder = new();
        await using FakeLambda lambda = new(Answers.Result);
        CommandRun run = await CommandRun.OfAsync(
            Cancel, "train", "--dataset", "/d", "--output", "/o", "--endpoint", lambda.Endpoint, "--json", folder[path]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Null(lambda.Event);
    }

    [Fact]
    public async Task Train_Result_IsSummedUpOnStandardOutput()
    {
        CommandRun run = await TrainAsync(Answers.Result);
        string[] expected =
        [
            "run       demo: 7 epochs, 3 workers, 12,345 ratings, kernel scalar",
            "errors    train RMSE 0.8123, held-out RMSE 0.8765, MAE 0.6700",
            "time      1.50 s; an epoch 20.8 ms in the median, 30.5 ms at most; 4 cold starts",
            "on AWS    2.50 GB-s, 22 invocations: $0.000123",
            "model     file:///runs/demo/model",
            "sha256    c0ffee",
        ];
        Assert.Equal(expected, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Train_OneOfEach_IsSaidInTheSingular()
    {
        CommandRun run = await TrainAsync(Answers.Result
            .Replace("\"rounds\":7", "\"rounds\":1", StringComparison.Ordinal)
            .Replace("\"workers\":3", "\"workers\":1", StringComparison.Ordinal)
            .Replace("\"coldStarts\":4", "\"coldStarts\":1", StringComparison.Ordinal));
        Assert.Contains("1 epoch, 1 worker, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("; 1 cold start\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Function.InvalidInput", 2)]
    [InlineData("Function.TrainingFailed", 1)]
    [InlineData("Function.Storage", 1)]
    public async Task Train_FailedRun_IsOneLineWithItsReason(string type, int exitCode)
    {
        CommandRun run = await TrainAsync(Answers.Failure(type, "shard 3 is damaged"), "Unhandled");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal("error: shard 3 is damaged", Assert.Single(run.ErrorLines));
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("null", null, "answered null")]
    [InlineData("<html>", null, "not readable")]
    [InlineData("<html>", "Unhandled", "not readable")]
    [InlineData("{}", null, "not readable")]
    public async Task Train_AnswerThatMakesNoSense_IsOneLine(string body, string? functionError, string expected)
    {
        CommandRun run = await TrainAsync(body, functionError);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FailedRun_LeavesNoResultFile()
    {
        using TemporaryFolder folder = new();
        await TrainAsync(Answers.Failure("Function.TrainingFailed", "no"), "Unhandled", "--json", folder["result.json"]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Train_FailedRun_LeavesAnEarlierResultAlone()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["result.json"], "earlier", Cancel);
        await TrainAsync(Answers.Failure("Function.TrainingFailed", "no"), "Unhandled", "--json", folder["result.json"]);
        Assert.Equal("earlier", await File.ReadAllTextAsync(folder["result.json"], Cancel));
    }

    [Fact]
    public async Task Train_CoordinatorThatDied_IsToldFromOneThatFailed()
    {
        CommandRun run = await TrainAsync(Answers.Failure("Runtime.ExitError", "signal: killed"), "Unhandled");
        Assert.Equal("error: the coordinator did not end the run: signal: killed", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task Train_Verbose_ShowsTheStackTrace()
    {
        CommandRun run = await TrainAsync(Answers.Failure("Function.TrainingFailed", "it broke"), "Unhandled", "--verbose");
        Assert.Contains("it broke", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandRun> TrainAsync(string body, string? functionError = null, params string[] options)
    {
        await using FakeLambda lambda = new(body, functionError);
        return await CommandRun.OfAsync(Cancel, ["train", "--dataset", "/d", "--output", "/o", "--endpoint", lambda.Endpoint, .. options]);
    }
}
