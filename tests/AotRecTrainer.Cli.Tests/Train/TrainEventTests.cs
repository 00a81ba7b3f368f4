using System.Text.Json;
using AotRecTrainer.Cli.Commands;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Tests.Support;
using AotRecTrainer.Training.Messages;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Train;

/// <summary>What <c>aotrec train</c> asks of the coordinator.</summary>
public sealed class TrainEventTests
{
    /// <summary>Option, value on the command line, field of the event, value in JSON.</summary>
    public static TheoryData<string, string, string, string> Options => new()
    {
        { "--run", "demo-1", "run", "\"demo-1\"" },
        { "--workers", "0", "workers", "0" },
        { "--workers", "5", "workers", "5" },
        { "--epochs", "7", "epochs", "7" },
        { "--factors", "12", "factors", "12" },
        { "--algorithm", "batch-gradient", "algorithm", "\"batch-gradient\"" },
        { "--algorithm", "als", "algorithm", "\"als\"" },
        { "--optimizer", "adam", "optimizer", "\"adam\"" },
        { "--learning-rate-schedule", "cosine", "learningRateSchedule", "\"cosine\"" },
        { "--warmup-epochs", "3", "warmupEpochs", "3" },
        { "--batches-per-epoch", "2", "batchesPerEpoch", "2" },
        { "--burn-in", "6", "burnIn", "6" },
        { "--initial-model", "s3://bucket/runs/demo/model", "initialModel", "\"s3://bucket/runs/demo/model\"" },
        { "--learning-rate", "0.125", "learningRate", "0.125" },
        { "--momentum", "0.5", "momentum", "0.5" },
        { "--regularization", "0.25", "regularization", "0.25" },
        { "--seed", "-9000000000", "seed", "-9000000000" },
        { "--preset", "paper", "preset", "\"paper\"" },
        { "--exchange", "poll", "exchange", "\"poll\"" },
        { "--checkpoint-every", "0", "checkpointEvery", "0" },
        { "--patience", "4", "patience", "4" },
        { "--max-attempts", "7", "maxAttempts", "7" },
        { "--worker-function", "aotrec-worker", "workerFunction", "\"aotrec-worker\"" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Options))]
    public async Task Train_Option_ReachesItsFieldAndNoOther(string option, string value, string field, string json)
    {
        Dictionary<string, string> fields = await SendAsync("--dataset", "/d", "--output", "/o", option, value);
        Assert.Equal(json, fields[field]);
        string[] given = ["role", "run", "dataset", "output", field];
        Assert.All(fields.Where(other => !given.Contains(other.Key, StringComparer.Ordinal)), other => Assert.Equal("null", other.Value));
    }

    [Fact]
    public void Train_EveryFieldOfTheEvent_HasAnOptionThatIsTested()
    {
        IEnumerable<string> fields = typeof(CoordinatorEvent).GetProperties().Where(field => field.CanWrite).Select(field => KebabCase(field.Name));
        IEnumerable<string> tested = [.. Options.Select(row => row.Data.Item1), "--role", "--dataset", "--output", "--resume"];
        IEnumerable<string> options = CommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null))
            .Subcommands.Single(command => command.Name == "train").Options.Select(option => option.Name);
        Assert.Empty(fields.Except(tested, StringComparer.Ordinal));
        Assert.Empty(fields.Except(options, StringComparer.Ordinal).Except(["--role"], StringComparer.Ordinal));
    }

    [Fact]
    public async Task Train_PlainPaths_BecomeAbsoluteLocations()
    {
        Dictionary<string, string> fields = await SendAsync("--dataset", "some/data set", "--output", "s3://bucket/runs");
        string here = new Uri(Directory.GetCurrentDirectory() + "/").AbsoluteUri;
        Assert.Equal($"\"{here}some/data%20set\"", fields["dataset"].TrimEnd('/'));
        Assert.Equal("\"s3://bucket/runs\"", fields["output"]);
        Assert.Equal("\"coordinator\"", fields["role"]);
    }

    [Fact]
    public async Task Train_WithoutAName_NamesTheRunSoThatItCanBeFollowed()
    {
        Dictionary<string, string> fields = await SendAsync("--dataset", "/d", "--output", "/o");
        Assert.Matches("^\"run-[0-9]{8}-[0-9]{6}-[0-9]{3}\"$", fields["run"]);
    }

    [Fact]
    public async Task Train_Function_IsTheOneInvoked()
    {
        await using FakeLambda lambda = new(Answers.Result);
        await CommandRun.OfAsync(Cancel, "train", "--dataset", "/d", "--output", "/o", "--endpoint", lambda.Endpoint, "--function", "mine");
        Assert.Equal("/2015-03-31/functions/mine/invocations", lambda.Path);
    }

    private static async Task<Dictionary<string, string>> SendAsync(params string[] options)
    {
        await using FakeLambda lambda = new(Answers.Result);
        CommandRun run = await CommandRun.OfAsync(Cancel, ["train", "--endpoint", lambda.Endpoint, .. options]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.NotNull(lambda.Event);
        using JsonDocument document = JsonDocument.Parse(lambda.Event);
        return document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText(), StringComparer.Ordinal);
    }

    private static string KebabCase(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()))
        .Insert(0, "-");
}
