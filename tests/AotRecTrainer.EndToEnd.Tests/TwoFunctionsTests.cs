using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>Coordinator and worker as two functions of one program, as they are deployed.</summary>
public sealed class TwoFunctionsTests(PlantedDataset data)
{
    private const int WorkerMegabytes = 512;

    [Fact]
    public async Task Train_WorkersOfAFunctionOfTheirOwn_GivesTheSameModel()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(
            folder["functions.json"],
            JsonSerializer.Serialize(new
            {
                functions = (object[])
                [
                    new { name = "aotrec", executable = Checkout.Bootstrap, environment = new Dictionary<string, string> { ["AOTREC_WORKER_FUNCTION"] = "workers" } },
                    new { name = "workers", executable = Checkout.Bootstrap, memoryMegabytes = WorkerMegabytes },
                ],
            }),
            TestContext.Current.CancellationToken);
        await using LocalService service = await LocalService.StartAsync(config: folder["functions.json"]);
        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["runs"], workers: 2);
        Assert.False(failed, answer.ToString());

        Training alone = await Training.RunAsync(data.Path, folder["runs"], "--workers 0 --epochs 2 --factors 3");
        Assert.Equal(alone.Sha256, answer.GetProperty("parametersSha256").GetString());
        string[] log = await service.LogWithAsync("REPORT ", count: 7); // two workers in three rounds, and the coordinator
        Assert.Equal(6, log.Count(line => line.StartsWith("REPORT ", StringComparison.Ordinal) && line.Contains($"Memory Size: {WorkerMegabytes} MB", StringComparison.Ordinal)));
    }
}
