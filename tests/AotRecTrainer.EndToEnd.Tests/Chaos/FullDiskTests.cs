using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>The disk that a run is written to is full in the middle of it, and has room again later.</summary>
public sealed class FullDiskTests(BusyDataset data) : IClassFixture<BusyDataset>
{
    private const int Epochs = 300;

    [Fact]
    public async Task Train_DiskFull_SaysSoInOneLineAndGoesOnWhenThereIsRoom()
    {
        string reason = "";
        await using SmallDisk? disk = await SmallDisk.TryMountAsync(megabytes: 16, why => reason = why);
        Assert.SkipWhen(disk is null, reason);
        string runs = Path.Combine(disk.Path, "runs");
        await using LocalService service = await LocalService.StartAsync();

        Task<(JsonElement Answer, bool Failed)> run = service.TrainAsync(data.Path, runs, workers: 3, Epochs, BusyDataset.Factors, run: "full");
        await service.LogWithAsync("INSTANCE", count: 1 + (3 * 12)); // past the first checkpoint
        await disk.FillDuringAsync(run);

        (JsonElement answer, bool failed) = await run;
        Assert.True(failed, answer.ToString());
        string message = answer.GetProperty("errorMessage").GetString()!;
        Assert.Matches("disk was full|No space left on device", message);
        Assert.Contains(new Uri(runs).AbsoluteUri, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);

        disk.Clear();
        (answer, failed) = await service.ResumeAsync(runs, "full");
        Assert.False(failed, answer.ToString());
        Assert.Equal(await data.ParametersAsync(Epochs), answer.GetProperty("parametersSha256").GetString());
    }
}
