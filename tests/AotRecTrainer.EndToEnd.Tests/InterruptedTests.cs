using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>A training that is cut short: it says so, and nothing is left running.</summary>
public sealed class InterruptedTests(PlantedDataset data)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Train_Signalled_EndsItsProcessesAndNotesTheEnd(string signal)
    {
        using TemporaryFolder runs = new();
        using TrainingUnderWay training = await TrainingUnderWay.StartAsync(data.Path, runs.Path);
        int[] functions = training.FunctionPids;
        await training.SignalAsync(signal);
        ProgramRun end = await training.EndAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.Equal("error: interrupted", end.ErrorLines[^1]);
        AssertNoted(training, "interrupted");
        Assert.True(functions.Length >= 4, $"{functions.Length} processes");
        Assert.All(functions, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"process {pid} goes on"));
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
