using System.Diagnostics;
using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>A worker process that is killed while it computes costs a retry, never the model.</summary>
public sealed class KilledWorkerTests(BusyDataset data) : IClassFixture<BusyDataset>
{
    private const int Tries = 20;

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public async Task Train_WorkerKilledInTheMiddleOfAnEpoch_GivesTheSameParameters(string exchange)
    {
        using TemporaryFolder runs = new();
        string undisturbed = await data.ParametersAsync(epochs: 8);
        for (int attempt = 1; attempt <= Tries; attempt++)
        {
            // The events of the coordinator and of three workers come first; this is a worker that is warm.
            using WorkerKiller killer = new(victim: 5 + attempt);
            await using LocalService service = await LocalService.StartAsync(killer.OnLine);
            (JsonElement result, bool failed) = await service.TrainAsync(
                data.Path, runs.Path, workers: 3, epochs: 8, BusyDataset.Factors, exchange, run: $"try-{attempt}");
            Assert.False(failed, result.ToString());
            Assert.Equal(undisturbed, result.GetProperty("parametersSha256").GetString());
            if (service.Log.Any(line => line.Contains("Runtime exited with error: signal: killed", StringComparison.Ordinal))) return;
        }

        Assert.Fail($"no kill in {Tries} runs hit a worker that was busy");
    }

    /// <summary>Kills a process as soon as the stand-in says that it was handed an event.</summary>
    private sealed class WorkerKiller(int victim) : IDisposable
    {
        private int _seen;
        private Process? _killed;

        public void OnLine(string line)
        {
            if (FunctionLog.InstancePid(line) is not { } pid || ++_seen != victim) return;
            _killed = Process.GetProcessById(pid);
            _killed.Kill();
        }

        public void Dispose() => _killed?.Dispose();
    }
}
