using AotRecTrainer.EndToEnd.Tests.Support;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>Everything through a server that speaks S3's protocol: data set in, training, model out.</summary>
public sealed class S3TrainingTests(PlantedDataset data) : IAsyncLifetime
{
    private const string Bucket = "aotrec-end-to-end";
    private string _reason = "";
    private S3TestServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await S3TestServer.TryStartAsync(reason => _reason = reason);
        if (_server is not null) await _server.CreateBucketAsync(Bucket);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public async Task Train_FromAndToS3_GivesTheModelOfADirectory(string exchange)
    {
        Assert.SkipWhen(_server is null, _reason);
        using TemporaryFolder folder = new();
        const string Settings = "--run demo --epochs 4 --factors 3";
        IReadOnlyDictionary<string, string> s3 = _server.Variables;
        (await ProgramRun.OfAsync(Checkout.DataPrep, ["shard", "--input", data.Source, "--output", $"s3://{Bucket}/data sets/planted"], s3))
            .ShouldSucceed();
        Training there = await Training.RunAsync(
            $"s3://{Bucket}/data%20sets/planted", $"s3://{Bucket}/runs", $"{Settings} --exchange {exchange}", s3);
        Training here = await Training.RunAsync(data.Path, folder["runs"], Settings);
        Assert.Equal(here.Sha256, there.Sha256);
        Assert.Equal($"s3://{Bucket}/runs/demo/model", there.Result.GetProperty("model").GetString());

        ProgramRun copied = await ProgramRun.OfAsync(
            "aws",
            ["s3", "cp", "--recursive", "--endpoint-url", s3["AWS_ENDPOINT_URL_S3"], "--quiet", $"s3://{Bucket}/runs", folder["copy"]],
            new Dictionary<string, string>(s3, StringComparer.Ordinal) { ["AWS_DEFAULT_REGION"] = "us-east-1" });
        copied.ShouldSucceed();
        foreach (string table in (string[])["user_factors.parquet", "item_factors.parquet"])
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(folder[$"runs/demo/model/{table}"], TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(folder[$"copy/demo/model/{table}"], TestContext.Current.CancellationToken));
        }

        Assert.True(File.Exists(folder["copy/demo/model/model.json"]));
        Assert.DoesNotContain(folder.Files, file => file.StartsWith("copy/demo/rounds/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_BucketThatIsNotThere_IsOneLine()
    {
        Assert.SkipWhen(_server is null, _reason);
        ProgramRun run = await ProgramRun.OfAsync(
            Checkout.Aotrec, ["train", "--dataset", data.Path, "--output", "s3://no-such-bucket-here/runs", "--run", "demo"], _server.Variables);
        run.ShouldFail(1, "no-such-bucket-here");
    }
}
