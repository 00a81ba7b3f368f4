using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>A training whose command, coordinator or stand-in is cut short: what goes on, what is said, and that nothing is left at the end.</summary>
public sealed class InterruptedTests(PlantedDataset data)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Train_Signalled_LeavesTheRunGoingAndSaysHowToComeBack(string signal)
    {
        using TemporaryFolder runs = new();
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, runs.Path);
        await training.SignalAsync(signal);
        ProgramRun end = await training.EndAsync();
        string location = new Uri(runs["demo"]).AbsoluteUri;
        Assert.Equal(3, end.ExitCode);
        Assert.Equal(
            $"""
            run demo goes on without this command; to come back to it:
              aotrec status --follow {location}
              aotrec logs --follow {location}
              aotrec cancel {location}

            """,
            end.Output);
        Assert.DoesNotContain("error:", end.Error, StringComparison.Ordinal);

        int epoch = training.Epoch;
        await Eventually.TrueAsync(() => training.Epoch > epoch + 2, () => $"an epoch after {epoch}");
        (await ProgramRun.OfAsync(Checkout.Aotrec, "cancel", location)).ShouldSucceed();
        await training.AllEndedAsync();
        Assert.Equal("cancelled", training.Status()!.Value.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Train_SignalledAndFollowedAgain_EndsWithTheSameModel()
    {
        using TemporaryFolder folder = new();
        Training undisturbed = await Training.RunAsync(data.Path, folder["alone"], "--workers 0 --epochs 600");
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, folder["runs"], epochs: 600);
        await training.SignalAsync("INT");
        Assert.Equal(3, (await training.EndAsync()).ExitCode);

        ProgramRun follow = (await ProgramRun.OfAsync(Checkout.Aotrec, "status", "--follow", folder["runs/demo"])).ShouldSucceed();
        Assert.Contains($"sha256    {undisturbed.Sha256}", follow.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^epoch \d+/600 .* so far$", follow.Error);
        await training.AllEndedAsync();
    }

    [Fact]
    public async Task Train_Killed_TheRunEndsByItselfAndLeavesNothing()
    {
        using TemporaryFolder runs = new();
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, runs.Path, epochs: 400);
        await training.SignalAsync("KILL");
        await training.EndAsync();
        await training.AllEndedAsync();
        Assert.Equal("complete", training.Status()!.Value.GetProperty("state").GetString());
        Assert.Contains(await File.ReadAllLinesAsync(runs["demo.log"], TestContext.Current.CancellationToken),
            line => line.StartsWith("BILLED aotrec Requests: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_StandInKilled_SaysSoAndNotesTheEnd()
    {
        using TemporaryFolder runs = new();
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, runs.Path);
        await training.SignalAsync("KILL", training.StandInPid);
        ProgramRun end = await training.EndAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.Equal($"error: the local Lambda ended before the run (log: {runs["demo.log"]})", end.ErrorLines[^1]);
        Assert.StartsWith("to go on: aotrec train --resume --run demo --output ", end.Output, StringComparison.Ordinal);
        AssertNoted(training, "the local Lambda ended before the run");
        await training.AllEndedAsync();
    }

    [Fact]
    public async Task Train_CoordinatorKilled_SaysSoAndNotesTheEnd()
    {
        using TemporaryFolder runs = new();
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, runs.Path);
        await training.SignalAsync("KILL", training.FunctionPids[0]);
        ProgramRun end = await training.EndAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith("error: the coordinator did not end the run: ", end.ErrorLines[^1], StringComparison.Ordinal);
        Assert.EndsWith($"signal: killed (log: {runs["demo.log"]})", end.ErrorLines[^1], StringComparison.Ordinal);
        AssertNoted(training, "signal: killed");
        Assert.All(training.Pids, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"process {pid} goes on"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Local_SignalledDuringARun_EndsItsProcessesAndSaysTheBill(string signal)
    {
        using TemporaryFolder runs = new();
        await using LocalService service = await LocalService.StartAsync();
        Task<(JsonElement Answer, bool Failed)> run = service.TrainAsync(data.Path, runs.Path, workers: 3, epochs: 100_000);
        int[] functions = [.. (await service.LogWithAsync("INSTANCE", count: 10)).Select(FunctionLog.InstancePid).OfType<int>().Distinct()];
        Assert.Equal(0, await service.EndAsync(signal));
        Assert.True(functions.Length >= 4, $"{functions.Length} processes");
        Assert.All(functions, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"process {pid} goes on"));
        Assert.Contains(service.Log, line => line.StartsWith("BILLED aotrec Requests: ", StringComparison.Ordinal));
        Assert.True((await run).Failed);
    }

    private static void AssertNoted(TrainingUnderWay training, string message)
    {
        Assert.Equal("failed", training.Status()!.Value.GetProperty("state").GetString());
        Assert.EndsWith(message, training.Status()!.Value.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
