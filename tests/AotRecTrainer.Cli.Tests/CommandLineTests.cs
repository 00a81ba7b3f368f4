using AotRecTrainer.Cli.Tests.Support;
using Xunit;

namespace AotRecTrainer.Cli.Tests;

/// <summary>Command lines that are wrong: one line that says what is wrong, exit code 2.</summary>
public sealed class CommandLineTests
{
    private const string Train = "train --dataset /d --output /o ";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "no command, expected train or status or cancel or logs or evaluate or recommend or sweep or plan or report or local")]
    [InlineData("trian", "unknown command 'trian', expected train or status or cancel or logs or evaluate or recommend or sweep or plan or report or local")]
    [InlineData("train", "--dataset")]
    [InlineData("train --dataset /d", "--output")]
    [InlineData("train --output /o", "Option '--dataset' is required")]
    [InlineData("train --output /o --resume", "Option '--resume' needs '--run'")]
    [InlineData("train --output /o --resume --run demo --epochs 3", "leave the other fields out")]
    [InlineData("train --output /no/such/folder --resume --run demo", "there is no run \"demo\" in file:///no/such/folder")]
    [InlineData(Train + "--max-attempts 0", "maxAttempts is 0, expected 1..20")]
    [InlineData("status", "argument missing")]
    [InlineData("status /no/such/run", "there is no run run in file:///no/such")]
    [InlineData("status /", "expected the location of a run's folder")]
    [InlineData("status /run", "expected the location of a run's folder")]
    [InlineData("cancel /no/such/run", "there is no run run in file:///no/such")]
    [InlineData("cancel s3://bucket", "expected the location of a run's folder")]
    [InlineData("train --dataset", "--dataset")]
    [InlineData(Train + "--no-such-option", "--no-such-option")]
    [InlineData(Train + "stray", "stray")]
    [InlineData(Train + "--workers three", "three")]
    [InlineData(Train + "--workers 2.5", "2.5")]
    [InlineData(Train + "--workers 99999999999", "99999999999")]
    [InlineData(Train + "--learning-rate fast", "fast")]
    [InlineData(Train + "--workers -1", "workers is -1, expected 0..")]
    [InlineData(Train + "--workers 1001", "workers is 1001, expected 0..")]
    [InlineData(Train + "--epochs 0", "epochs is 0, expected 1..")]
    [InlineData(Train + "--factors 0", "factors is 0, expected 1..")]
    [InlineData(Train + "--factors 100000", "factors is 100000, expected 1..")]
    [InlineData(Train + "--learning-rate NaN", "learningRate is NaN")]
    [InlineData(Train + "--learning-rate 0", "learningRate is 0")]
    [InlineData(Train + "--momentum 1", "momentum is 1")]
    [InlineData(Train + "--regularization -1", "regularization is -1")]
    [InlineData(Train + "--patience -1", "patience is -1")]
    [InlineData(Train + "--checkpoint-every -1", "checkpointEvery is -1")]
    [InlineData(Train + "--preset papers", "preset is \"papers\", expected paper")]
    [InlineData(Train + "--exchange pole", "exchange is \"pole\", expected await or poll")]
    [InlineData(Train + "--algorithm sgd", "algorithm is \"sgd\"")]
    [InlineData(Train + "--optimizer none", "optimizer is \"none\"")]
    [InlineData(Train + "--run ../elsewhere", "run is \"../elsewhere\"")]
    [InlineData("train --dataset http://host/d --output /o", "--dataset: Location 'http://host/d'")]
    [InlineData("train --dataset /d --output s3:bucket", "--output: Location 's3:bucket'")]
    [InlineData(Train + "--endpoint https://lambda.example", "AWS_REGION is ''")]
    [InlineData("local --port -1", "port -1, expected 0 to 65535")]
    [InlineData("local --port 65536", "port 65536, expected 0 to 65535")]
    [InlineData("logs /no/such/run", "there is no run run in file:///no/such")]
    [InlineData("logs /no/such/run --level loud", "--level is 'loud', expected trace, debug, info")]
    [InlineData("logs /no/such/run --worker -1", "--worker is below 0, expected 0 for the coordinator or the number of a worker")]
    [InlineData("local --until-idle 0 --port 0", "--until-idle is 0, expected seconds above 0")]
    [InlineData("local --log /no/such/folder/log --port 0", "--log: ")]
    [InlineData("local --memory 5", "memory size 5 MB, expected 128 to 10240")]
    [InlineData("local --bootstrap /no/such/file", "no function executable at /no/such/file")]
    [InlineData("local --bootstrap /etc/passwd", "/etc/passwd is not executable")]
    public async Task WrongCommandLine_IsOneLineAndExitCode2(string line, string expected)
    {
        string[] args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (args.Contains("--memory") || args.Contains("--port")) args = [.. args, "--bootstrap", Environment.ProcessPath!];
        CommandRun run = await CommandRun.OfAsync(Cancel, args);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralProblems_AreToldAtOnce()
    {
        CommandRun run = await CommandRun.OfAsync(Cancel, (Train + "--workers -1 --epochs 0 --run ../x").Split(' '));
        string line = Assert.Single(run.ErrorLines);
        Assert.All(["workers is -1", "epochs is 0", "run is \"../x\""], problem => Assert.Contains(problem, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_InterruptedWhileAnEndpointWorks_SaysThatTheRunGoesOnAndHowToComeBack()
    {
        using CancellationTokenSource interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using FakeLambda lambda = new(async _ =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
            return (Answers.Result, null);
        });
        CommandRun run = await CommandRun.OfAsync(
            interrupt.Token, [.. Train.TrimEnd().Split(' '), "--run", "demo", "--endpoint", lambda.Endpoint]);
        string[] expected =
        [
            "run demo goes on without this command; to come back to it:",
            "  aotrec status --follow file:///o/demo",
            "  aotrec logs --follow file:///o/demo",
            "  aotrec cancel file:///o/demo",
        ];
        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Equal(expected, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
