using System.Text.Json;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Tests.Support;
using AotRecTrainer.Training.Messages;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Train;

/// <summary>Progress when no terminal is there: plain lines on standard error.</summary>
public sealed class TrainProgressTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_NotOnATerminal_WritesPlainLinesWhileTheRunGoesOn()
    {
        using TemporaryFolder folder = new();
        string runs = folder["runs"];
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeLambda lambda = new(async _ =>
        {
            WriteStatus(runs, Status(epoch: 4, measured: 3));
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            return (Answers.Result, null);
        });
        using NotifyingWriter error = new(() => seen.TrySetResult());
        int exitCode = await Commands.CommandLine.RunAsync(
            ["train", "--run", "demo", "--dataset", "/d", "--output", runs, "--endpoint", lambda.Endpoint, "--epochs", "10"],
            TextWriter.Null, error, Cancel);
        Assert.Equal(0, exitCode);
        Assert.Equal("epoch 3/10  train RMSE 0.9100  held-out 0.9500  3 s left  $0.000123 so far\n", error.ToString());
    }

    [Fact]
    public async Task Train_StatusThatCannotBeRead_DoesNotEndTheTraining()
    {
        using TemporaryFolder folder = new();
        string runs = folder["runs"];
        await using FakeLambda lambda = new(async _ =>
        {
            Directory.CreateDirectory(Path.Combine(runs, "demo"));
            await File.WriteAllTextAsync(Path.Combine(runs, "demo", "status.json"), "{", Cancel);
            await Task.Delay(TimeSpan.FromSeconds(0.5), Cancel);
            return (Answers.Result, null);
        });
        CommandRun run = await CommandRun.OfAsync(
            Cancel, "train", "--run", "demo", "--dataset", "/d", "--output", runs, "--endpoint", lambda.Endpoint);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void ProgressLines_ManyEpochs_AreSomeTen()
    {
        StringWriter output = new();
        ProgressLines lines = new(output, epochs: 500);
        for (int epoch = 1; epoch <= 500; epoch++) lines.Show(Status(epoch, epoch - 1, epochs: 500));
        Assert.InRange(output.ToString().Split('\n').Length - 1, 8, 12);
    }

    [Fact]
    public void ProgressLines_SameStatusTwice_IsShownOnce()
    {
        StringWriter output = new();
        ProgressLines lines = new(output, epochs: 3);
        lines.Show(Status(1, 1, epochs: 3));
        lines.Show(Status(1, 1, epochs: 3));
        Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void StatusText_NothingHeldOut_SaysNothingOfIt()
    {
        Assert.Equal("epoch 3/10  train RMSE 0.9100  3 s left  $0.000123 so far", StatusText.Of(Status(4, 3) with { TestRmse = null }));
    }

    private static RunStatus Status(int epoch, int measured, int epochs = 10) => new()
    {
        Run = "demo",
        State = "running",
        Epoch = epoch,
        Epochs = epochs,
        MeasuredEpoch = measured,
        TrainRmse = 0.91,
        TestRmse = 0.95,
        ElapsedSeconds = 2,
        CostUsd = 0.000123,
    };

    private static void WriteStatus(string runs, RunStatus status)
    {
        Directory.CreateDirectory(Path.Combine(runs, "demo"));
        File.WriteAllText(Path.Combine(runs, "demo", "status.json"), JsonSerializer.Serialize(status, TrainingJson.Default.RunStatus));
    }

    private sealed class NotifyingWriter(Action onWrite) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            onWrite();
        }
    }
}
