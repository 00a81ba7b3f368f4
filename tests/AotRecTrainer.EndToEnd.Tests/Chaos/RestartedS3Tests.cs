using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>The S3 server goes away in the middle of a run and comes back with what it had.</summary>
public sealed class RestartedS3Tests(BusyDataset data) : IClassFixture<BusyDataset>
{
    private const int Epochs = 20;
    private const string Bucket = "aotrec-restarted";
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Train_ServerRestartedTwice_GivesTheSameParameters()
    {
        string reason = "";
        await using S3TestServer? server = await S3TestServer.TryStartAsync(why => reason = why);
        Assert.SkipWhen(server is null, reason);
        await server.CreateBucketAsync(Bucket);
        string undisturbed = await data.ParametersAsync(Epochs);
        await using LocalService service = await LocalService.StartAsync(variables: server.Variables);

        Task<(JsonElement Result, bool Failed)> run =
            service.TrainAsync(data.Path, $"s3://{Bucket}/runs", workers: 3, Epochs, BusyDataset.Factors);
        foreach (int events in (int[])[12, 36])
        {
            await service.LogWithAsync("INSTANCE", events);
            Assert.False(run.IsCompleted, "the run was over before the server went away");
            await server.RestartAsync(Away);
        }

        (JsonElement result, bool failed) = await run;
        Assert.False(failed, result.ToString());
        Assert.Equal(undisturbed, result.GetProperty("parametersSha256").GetString());
    }
}
