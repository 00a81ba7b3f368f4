using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>The function's manners towards the platform, as the native program has them.</summary>
public sealed class FunctionRuntimeTests(PlantedDataset data)
{
    [Fact]
    public async Task Log_AsJson_EveryRecordHasTimeLevelAndTheRequestItBelongsTo()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await StartAsync(folder, """ "logFormat": "JSON" """);

        (JsonElement answer, bool failed) = await service.InvokeAsync("""{"role":"conductor"}""");

        Assert.True(failed);
        Assert.Equal("Function.InvalidInput", answer.GetProperty("errorType").GetString());
        string[] lines = await service.LogWithAsync("REPORT");
        JsonElement[] records = [.. lines.Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];
        Assert.All(records, record => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", record.GetProperty("timestamp").GetString()));
        JsonElement started = records.Single(record => record.GetProperty("level").GetString() == "INFO");
        Assert.StartsWith("bootstrap pid ", started.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(started.TryGetProperty("requestId", out _)); // it was not yet given one
        JsonElement error = records.Single(record => record.GetProperty("level").GetString() == "ERROR");
        Assert.Contains(
            $"START RequestId: {error.GetProperty("requestId").GetString()} Version: $LATEST", lines, StringComparer.Ordinal);
        Assert.Contains("role is \"conductor\"", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_LevelError_LeavesOutWhatAHealthyRunSays()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await StartAsync(folder, """ "logLevel": "ERROR" """);

        (_, bool failed) = await service.TrainAsync(data.Path, folder["runs"]);

        Assert.False(failed);
        Assert.DoesNotContain(await service.LogWithAsync("REPORT", count: 4), line => line.Contains("INFO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Init_KernelThatIsNotThere_IsReportedAsAFailureToStart()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await StartAsync(folder, """ "environment": { "AOTREC_KERNEL": "abacus" } """);

        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["runs"]);

        Assert.True(failed);
        Assert.Equal("Runtime.ArgumentException", answer.GetProperty("errorType").GetString());
        Assert.Contains("abacus", answer.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        string report = (await service.LogWithAsync("INIT_REPORT")).Single(line => line.StartsWith("INIT_REPORT", StringComparison.Ordinal));
        Assert.EndsWith("Status: error\tError Type: Runtime.ArgumentException", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_OfTheFunction_CapsTheHeapWithRoomForNativeMemory()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await StartAsync(folder, """ "memoryMegabytes": 128 """);

        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["runs"]);

        Assert.False(failed, answer.ToString());
        Assert.Contains(service.Log, line => line.EndsWith("heap of at most 80 of 128 MB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_ConcurrencyBelowTheWorkers_WaitsItsTurnAndGivesTheSameParameters()
    {
        using TemporaryFolder folder = new();
        Training alone = await Training.RunAsync(data.Path, folder["alone"], "--workers 0 --epochs 2 --factors 3");
        // Room for the coordinator and one worker: of three invoked at once two are refused.
        await using LocalService service = await StartAsync(folder, """ "timeout": 60 """, concurrency: 2);

        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["runs"], workers: 3);

        Assert.False(failed, answer.ToString());
        Assert.Equal(alone.Sha256, answer.GetProperty("parametersSha256").GetString());
        Assert.Single(FunctionLog.WorkerPids(service.Log));
    }

    private static async Task<LocalService> StartAsync(TemporaryFolder folder, string setting, int concurrency = 10)
    {
        string config = folder["local.json"];
        await File.WriteAllTextAsync(
            config,
            $$"""{ "concurrency": {{concurrency}}, "functions": [ { "name": "aotrec", "executable": "{{Checkout.Bootstrap}}", {{setting}} } ] }""",
            TestContext.Current.CancellationToken);
        return await LocalService.StartAsync(config: config);
    }
}
