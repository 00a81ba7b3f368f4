using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>Function processes serve one run after the other.</summary>
public sealed class WarmFunctionTests(PlantedDataset data)
{
    [Fact]
    public async Task Invoke_SeveralRuns_AreServedByTheSameProcesses()
    {
        using TemporaryFolder runs = new();
        await using LocalService service = await LocalService.StartAsync();
        List<string> digests = [];
        foreach (string run in (string[])["first", "second", "third"])
        {
            (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, runs.Path, run: run);
            Assert.False(failed, answer.ToString());
            digests.Add(answer.GetProperty("parametersSha256").GetString()!);
        }

        Assert.Single(digests.Distinct(StringComparer.Ordinal));
        Assert.Equal(2, service.Log.Select(FunctionLog.InstancePid).OfType<int>().Distinct().Count());
    }

    [Fact]
    public async Task Invoke_AfterAFailedRun_TrainsAsEver()
    {
        using TemporaryFolder runs = new();
        await using LocalService service = await LocalService.StartAsync();
        (_, bool failed) = await service.TrainAsync(runs["none"], runs.Path);
        Assert.True(failed);
        (JsonElement answer, failed) = await service.TrainAsync(data.Path, runs.Path);
        Assert.False(failed, answer.ToString());
    }
}
