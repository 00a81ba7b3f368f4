using AotRecTrainer.Cli.Tests.Support;
using AotRecTrainer.Training.Messages;
using Xunit;

namespace AotRecTrainer.Cli.Tests;

/// <summary>Commands that are about a run that exists.</summary>
public sealed class RunCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_OfARunThatFailed_SaysWhereItStandsAndWhy()
    {
        using StoredRun stored = new(RunState.Failed);
        CommandRun run = await CommandRun.OfAsync(Cancel, "status", stored.Folder + "/");
        string[] expected =
        [
            "run         demo: failed, batch-gradient, epoch 4 of 10",
            "errors      after epoch 3: train RMSE 0.9100, held-out RMSE 0.9500, MAE 0.7500",
            "time        2.0 s",
            "on AWS      $0.000123 so far",
            "coordinator number 2; last checkpoint after epoch 3",
            "message     round 5: no",
        ];
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(expected, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Status_WrittenBeforeCostsWereKept_SaysTheRest()
    {
        using StoredRun stored = new(RunState.Complete);
        stored.WriteStatus(RunState.Complete, epoch: 4, costUsd: null);
        string path = Path.Combine(stored.Folder, "status.json");
        string json = await File.ReadAllTextAsync(path, Cancel);
        Assert.Contains(",\"costUsd\":null", json, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, json.Replace(",\"costUsd\":null", "", StringComparison.Ordinal), Cancel);
        CommandRun run = await CommandRun.OfAsync(Cancel, "status", stored.Folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("time        2.0 s\ncoordinator", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusFollow_ARunThatEnds_ShowsItsProgressAndThenTheSummary()
    {
        using StoredRun stored = new(RunState.Running);
        stored.WriteResult(Answers.Result);
        Task<CommandRun> following = CommandRun.OfAsync(Cancel, "status", "--follow", stored.Folder);
        await Task.Delay(300, Cancel);
        Assert.False(following.IsCompleted, "the run has not ended");
        stored.WriteLease(RunState.Complete, beat: 8);
        CommandRun run = await following;
        Assert.Equal((0, "epoch 3/10  train RMSE 0.9100  held-out 0.9500  3 s left  $0.000123 so far\n"), (run.ExitCode, run.Error));
        Assert.Contains("sha256    c0ffee", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusFollow_Interrupted_SaysHowToComeBack()
    {
        using StoredRun stored = new(RunState.Running);
        using CancellationTokenSource interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        interrupt.CancelAfter(TimeSpan.FromMilliseconds(200));
        CommandRun run = await CommandRun.OfAsync(interrupt.Token, "status", "--follow", stored.Folder);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"  aotrec cancel {stored.Output}/demo\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusFollow_ARunThatFailed_SaysWhyAndHowToGoOn()
    {
        using StoredRun stored = new(RunState.Failed);
        CommandRun run = await CommandRun.OfAsync(Cancel, "status", "--follow", stored.Folder);
        Assert.Equal((1, "error: round 5: no"), (run.ExitCode, run.ErrorLines[^1]));
        Assert.Equal($"to go on: aotrec train --resume --run demo --output {stored.Output}\n", run.Output);
    }

    [Fact]
    public async Task Status_OfARunWhoseCoordinatorGivesSignsOfLife_SaysSo()
    {
        using StoredRun stored = new(RunState.Running);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task beating = Task.Run(
            async () =>
            {
                for (long beat = 8; ; beat++)
                {
                    stored.WriteLease(RunState.Running, beat);
                    await Task.Delay(200, end.Token);
                }
            }, Cancel);
        CommandRun run = await CommandRun.OfAsync(Cancel, "status", stored.Folder);
        await end.CancelAsync();
        await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("alive       yes\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_OfARunningRun_LeavesTheRequestAndSaysHowToGoOn()
    {
        using StoredRun stored = new(RunState.Running);
        CommandRun run = await CommandRun.OfAsync(Cancel, "cancel", stored.Folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"run demo stops at its next round; to go on: aotrec train --resume --run demo --output {stored.Output}\n", run.Output);
        Assert.True(stored.Has("cancel.json"));
    }

    [Theory]
    [InlineData(RunState.Complete)]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Cancelled)]
    public async Task Cancel_OfARunThatIsOver_IsRefused(string state)
    {
        using StoredRun stored = new(state);
        CommandRun run = await CommandRun.OfAsync(Cancel, "cancel", stored.Folder);
        Assert.Equal((2, $"error: run demo is {state}: there is nothing to stop"), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.False(stored.Has("cancel.json"));
    }

    [Fact]
    public async Task TrainResume_AsksForTheRunAlone()
    {
        using StoredRun stored = new(RunState.Failed);
        await using FakeLambda lambda = new(Answers.Result);
        CommandRun run = await ResumeAsync(stored, lambda);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("\"resume\":true", lambda.Event, StringComparison.Ordinal);
        Assert.Contains("\"run\":\"demo\"", lambda.Event, StringComparison.Ordinal);
        Assert.Contains("\"dataset\":null", lambda.Event, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("continued")]
    [InlineData("running")]
    public async Task TrainResume_ARunThatGoesOnElsewhere_IsFollowedToItsEnd(string state)
    {
        using StoredRun stored = new(RunState.Running);
        stored.WriteResult(Answers.Result);
        await using FakeLambda lambda = new(asked =>
        {
            _ = Task.Run(
                async () =>
                {
                    await Task.Delay(300, Cancel);
                    stored.WriteLease(RunState.Complete, beat: 8);
                }, Cancel);
            return Task.FromResult(($$"""{"role":"coordinator","run":"demo","state":"{{state}}"}""", (string?)null));
        });
        CommandRun run = await ResumeAsync(stored, lambda);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("sha256    c0ffee", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainResume_ARunThatFailsElsewhere_SaysWhy()
    {
        using StoredRun stored = new(RunState.Failed);
        await using FakeLambda lambda = new("""{"role":"coordinator","run":"demo","state":"continued"}""");
        CommandRun run = await ResumeAsync(stored, lambda);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error: round 5: no", run.ErrorLines[^1]);
    }

    [Fact]
    public async Task TrainResume_ARunThatIsStopped_SaysHowToGoOn()
    {
        using StoredRun stored = new(RunState.Running);
        await using FakeLambda lambda = new("""{"role":"coordinator","run":"demo","state":"cancelled","rounds":3}""");
        CommandRun run = await ResumeAsync(stored, lambda);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"to go on: aotrec train --resume --run demo --output {stored.Output}\n", run.Output);
        Assert.Equal(
            ["error: run demo was stopped on request after 3 epochs"],
            run.ErrorLines.Where(line => !line.StartsWith("epoch ", StringComparison.Ordinal)));
    }

    private static Task<CommandRun> ResumeAsync(StoredRun stored, FakeLambda lambda) => CommandRun.OfAsync(
        Cancel, "train", "--resume", "--run", StoredRun.Name, "--output", stored.Output, "--endpoint", lambda.Endpoint);
}
