using System.Diagnostics;
using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>A worker process that is killed while it computes costs a retry, never the model.</summary>
public sealed class KilledWorkerTests : IAsyncLifetime
{
    private const int Tries = 20;

    // Enough work that a worker is busy for some milliseconds after its name appears in the log.
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        PlantedRatings.Write(_folder["source"], users: 1500, items: 400, perUser: 60);
        (await ProgramRun.OfAsync(Checkout.DataPrep, "shard", "--input", _folder["source"], "--output", _folder["dataset"]))
            .ShouldSucceed();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public async Task Train_WorkerKilledInTheMiddleOfAnEpoch_GivesTheSameParameters(string exchange)
    {
        Training undisturbed = await Training.RunAsync(_folder["dataset"], _folder["runs"], "--workers 0 --epochs 8 --factors 48");
        for (int attempt = 1; attempt <= Tries; attempt++)
        {
            // The events of the coordinator and of three workers come first; this is a worker that is warm.
            using WorkerKiller killer = new(victim: 5 + attempt);
            await using LocalService service = await LocalService.StartAsync(killer.OnLine);
            (JsonElement result, bool failed) = await service.TrainAsync(
                _folder["dataset"], _folder["runs"], workers: 3, epochs: 8, factors: 48, exchange, run: $"{exchange}-{attempt}");
            Assert.False(failed, result.ToString());
            Assert.Equal(undisturbed.Sha256, result.GetProperty("parametersSha256").GetString());
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
