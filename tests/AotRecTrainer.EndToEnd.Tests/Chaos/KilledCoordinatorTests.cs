using System.Diagnostics;
using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>The coordinator is killed at random; whoever goes on with the run comes to the model of a quiet one.</summary>
public sealed class KilledCoordinatorTests(BusyDataset data) : IClassFixture<BusyDataset>
{
    private const int Epochs = 40;
    private const int Workers = 3;

    // Each costs the time after which a lease that nobody renews may be taken.
    private static readonly int Kills = Seed.IsLong ? 5 : 1;

    [Fact]
    public async Task Resume_AfterKills_GivesTheSameParameters()
    {
        int seed = Seed.Take();
        Random random = new(seed);
        using TemporaryFolder folder = new();
        string undisturbed = await data.ParametersAsync(Epochs);
        await using LocalService service = await LocalService.StartAsync();
        Task<(JsonElement Answer, bool Failed)> run = service.TrainAsync(
            data.Path, folder["runs"], Workers, Epochs, BusyDataset.Factors, run: "fire", checkpointEvery: 3);
        int seen = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            await KillCoordinatorAsync(service, seen, rounds: random.Next(Epochs / (Kills + 1)));
            Assert.True((await run).Failed, $"seed {seed}: the run was over before kill {kill}");
            seen = Instances(service).Length;
            run = service.ResumeAsync(folder["runs"], "fire");
        }

        (JsonElement answer, bool failed) = await run;
        Assert.False(failed, $"seed {seed}: {answer}");
        Assert.Equal("complete", answer.GetProperty("state").GetString());
        Assert.Equal(undisturbed, answer.GetProperty("parametersSha256").GetString());
        Assert.Equal(Epochs, answer.GetProperty("rounds").GetInt32());
    }

    /// <summary>Of the processes that get events from now on, the first is the coordinator; it is killed after some rounds of workers.</summary>
    private static async Task KillCoordinatorAsync(LocalService service, int seen, int rounds)
    {
        await Eventually.TrueAsync(() => Instances(service).Length > seen + (Workers * rounds), () => $"round {rounds} of a coordinator");
        using Process coordinator = Process.GetProcessById(Instances(service)[seen]);
        coordinator.Kill();
    }

    private static int[] Instances(LocalService service) => [.. service.Log.Select(FunctionLog.InstancePid).OfType<int>()];
}
