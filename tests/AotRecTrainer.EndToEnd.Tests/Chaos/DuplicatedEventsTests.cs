using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>The platform delivers every asynchronous event twice: nothing is counted twice.</summary>
public sealed class DuplicatedEventsTests(PlantedDataset data)
{
    [Fact]
    public async Task Train_WorkersEventsTwice_GivesTheSameParameters()
    {
        using TemporaryFolder folder = new();
        Training alone = await Training.RunAsync(data.Path, folder["alone"], "--workers 0 --epochs 10 --factors 3");
        await File.WriteAllTextAsync(
            folder["local.json"],
            $$"""{ "duplicateEveryNthEvent": 1, "functions": [ { "name": "aotrec", "executable": "{{Checkout.Bootstrap}}" } ] }""",
            TestContext.Current.CancellationToken);
        await using LocalService service = await LocalService.StartAsync(config: folder["local.json"]);

        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["runs"], workers: 3, epochs: 10, exchange: "poll");

        Assert.False(failed, answer.ToString());
        Assert.Equal(alone.Sha256, answer.GetProperty("parametersSha256").GetString());
        int invocations = answer.GetProperty("requests").GetProperty("invoke").GetInt32();
        await service.LogWithAsync("START", 1 + (2 * invocations));
    }
}
