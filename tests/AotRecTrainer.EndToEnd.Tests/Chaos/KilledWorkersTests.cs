using System.Text.Json;
using System.Text.RegularExpressions;
using AotRecTrainer.EndToEnd.Tests.Support;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>Workers are killed at random every few hundred milliseconds, whatever they do: the model is that of a quiet run.</summary>
public sealed partial class KilledWorkersTests(BusyDataset data) : IClassFixture<BusyDataset>
{
    private const int Epochs = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public async Task Train_IntoADirectory_GivesTheSameParameters(string exchange)
    {
        using TemporaryFolder folder = new();
        await TrainAsync(folder["runs"], exchange, variables: null);
    }

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public async Task Train_IntoS3_GivesTheSameParameters(string exchange)
    {
        Assert.SkipUnless(exchange == "await" || Seed.IsLong, "polling S3 takes long; AOTREC_LONG_TESTS=1 runs it");
        string reason = "";
        await using S3TestServer? server = await S3TestServer.TryStartAsync(why => reason = why);
        Assert.SkipWhen(server is null, reason);
        await server.CreateBucketAsync("aotrec-killed-workers");
        await TrainAsync("s3://aotrec-killed-workers/runs", exchange, server.Variables);
    }

    private async Task TrainAsync(string runs, string exchange, IReadOnlyDictionary<string, string>? variables)
    {
        int seed = Seed.Take();
        string undisturbed = await data.ParametersAsync(Epochs);
        await using LocalService service = await LocalService.StartAsync(variables: variables);
        (JsonElement result, bool failed) answer;
        int kills;
        await using (Assassin assassin = new(service, FunctionLog.WorkerPids, seed, Pause))
        {
            answer = await service.TrainAsync(data.Path, runs, workers: 3, Epochs, BusyDataset.Factors, exchange);
            kills = assassin.Kills;
        }

        Assert.False(answer.failed, $"seed {seed}, {kills} kills: {answer.result}");
        Assert.Equal(undisturbed, answer.result.GetProperty("parametersSha256").GetString());

        // Those without work are replaced unnoticed; a poll's event is tried again by the platform.
        int atWork = service.Log.Count(line => KilledAtWork().IsMatch(line));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {atWork} of workers at work");
        Assert.True(atWork > 0, $"seed {seed}: none of {kills} kills met a worker at work");
    }

    [GeneratedRegex("^RequestId: .+ Error: Runtime exited with error: signal: killed$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KilledAtWork();
}
