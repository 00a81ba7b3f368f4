using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>Wrong input: one clear line, an exit code of 2 or a failed invocation, and nothing half-written.</summary>
public sealed class BadInputTests(PlantedDataset data)
{
    [Theory]
    [InlineData("--workers -1", "workers is -1, expected 0..")]
    [InlineData("--run ../elsewhere", "run is \"../elsewhere\", expected ")]
    [InlineData("--exchange carrier-pigeon", "exchange is \"carrier-pigeon\", expected await or poll")]
    public async Task Train_WrongOption_WritesNothing(string options, string message)
    {
        using TemporaryFolder runs = new();
        (await TrainAsync(data.Path, runs["runs"], options)).ShouldFail(2, message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(runs.Path));
    }

    [Fact]
    public async Task Train_DatasetThatIsNotThere_WritesNothing()
    {
        using TemporaryFolder folder = new();
        (await TrainAsync(folder["nowhere"], folder["runs"])).ShouldFail(2, "manifest.json");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("", "no region is set; set AWS_REGION")]
    [InlineData("us-east-1", "no AWS credentials were found; set AWS_ACCESS_KEY_ID")]
    public async Task Train_FromS3WithoutASetup_SaysWhatToSet(string region, string message)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["HOME"] = folder.Path, ["AWS_REGION"] = region };
        ProgramRun run = await ProgramRun.OfAsync(
            Checkout.Aotrec, ["train", "--dataset", "s3://some-bucket/data", "--output", folder["runs"]], variables);
        run.ShouldFail(1, message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Train_OutputThatCannotBeWritten_SaysSo()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["file"], "in the way", TestContext.Current.CancellationToken);
        (await TrainAsync(data.Path, folder["file/runs"])).ShouldFail(2, "cannot be written");
        Assert.Equal(["file"], folder.Files);
    }

    [Fact]
    public async Task Train_NameOfAnEarlierRun_LeavesThatRunAlone()
    {
        using TemporaryFolder runs = new();
        await Training.RunAsync(data.Path, runs.Path, "--run demo --epochs 2");
        Dictionary<string, byte[]> before = Contents(runs);
        (await TrainAsync(data.Path, runs.Path, "--run demo --epochs 3")).ShouldFail(2, "run \"demo\" exists already");
        Assert.Equal(before, Contents(runs));
    }

    [Theory]
    [InlineData("await", 3)]
    [InlineData("poll", 3)]
    [InlineData("await", 0)]
    public async Task Train_TruncatedShard_NamesItAndLeavesNoModel(string exchange, int workers)
    {
        using TemporaryFolder folder = new();
        string dataset = data.CopyTo(folder["dataset"]);
        string shard = Path.Combine(dataset, "train", "shard-00004.parquet");
        byte[] content = await File.ReadAllBytesAsync(shard, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(shard, content[..(content.Length / 2)], TestContext.Current.CancellationToken);
        (await TrainAsync(dataset, folder["runs"], $"--run broken --workers {workers} --exchange {exchange}"))
            .ShouldFail(2, "train/shard-00004.parquet");
        AssertFailed(folder, "train/shard-00004.parquet");
    }

    [Fact]
    public async Task Train_ShardWithAnotherSha256_NamesItAndLeavesNoModel()
    {
        using TemporaryFolder folder = new();
        string dataset = data.CopyTo(folder["dataset"]);
        string shard = Path.Combine(dataset, "test", "shard-00002.parquet");
        byte[] content = await File.ReadAllBytesAsync(shard, TestContext.Current.CancellationToken);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(shard, content, TestContext.Current.CancellationToken);
        (await TrainAsync(dataset, folder["runs"], "--run broken")).ShouldFail(2, "test/shard-00002.parquet");
        AssertFailed(folder, "SHA-256");
    }

    [Theory]
    [InlineData("""{"role":"coordinator","dataset":"DATASET","output":"OUTPUT","wrokers":3}""", "wrokers")]
    [InlineData("""{"role":"coordinator","dataset":"DATASET","output":"OUTPUT","workers":-1}""", "workers is -1, expected 0..")]
    [InlineData("""{"role":"coordinator","dataset":"DATASET","output":"OUTPUT","workers":"three"}""", "$.workers")]
    [InlineData("""{"role":"coordinator","dataset":"DATASET","output":"OUTPUT","run":"../elsewhere"}""", "run is \"../elsewhere\"")]
    [InlineData("""{"role":"coordinator","dataset":"DATASET"}""", "output is missing")]
    [InlineData("""{"role":"coordinator","dataset":"DATASET/none","output":"OUTPUT"}""", "manifest.json")]
    [InlineData("""{"role":"coordinator","dataset":"ftp://host/x","output":"OUTPUT"}""", "ftp")]
    [InlineData("""{"role":"conductor"}""", "role is \"conductor\", expected coordinator, worker or recommend")]
    [InlineData("""{"role":"worker"}""", "run")]
    [InlineData("[]", "expected an object")]
    [InlineData("\"train\"", "expected an object")]
    public async Task Invoke_WrongEvent_IsAFailedInvocationThatWritesNothing(string payload, string message)
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await LocalService.StartAsync();
        (JsonElement answer, bool failed) = await service.InvokeAsync(payload
            .Replace("DATASET", new Uri(data.Path).AbsoluteUri, StringComparison.Ordinal)
            .Replace("OUTPUT", new Uri(folder["runs"]).AbsoluteUri, StringComparison.Ordinal));
        Assert.True(failed, answer.ToString());
        string text = answer.GetProperty("errorMessage").GetString()!;
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Invoke_OutputThatCannotBeWritten_IsAFailedInvocation()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["file"], "in the way", TestContext.Current.CancellationToken);
        await using LocalService service = await LocalService.StartAsync();
        (JsonElement answer, bool failed) = await service.TrainAsync(data.Path, folder["file/runs"]);
        Assert.True(failed, answer.ToString());
        Assert.Contains("config.json", answer.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Files);
    }

    private static Task<ProgramRun> TrainAsync(string dataset, string runs, string options = "") => ProgramRun.OfAsync(
        Checkout.Aotrec, ["train", "--dataset", dataset, "--output", runs, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static Dictionary<string, byte[]> Contents(TemporaryFolder runs) => runs.Files
        .ToDictionary(file => file, file => File.ReadAllBytes(runs[file]), StringComparer.Ordinal);

    private static void AssertFailed(TemporaryFolder folder, string message)
    {
        using JsonDocument status = JsonDocument.Parse(File.ReadAllText(folder["runs/broken/status.json"]));
        Assert.Equal("failed", status.RootElement.GetProperty("state").GetString());
        Assert.Contains(message, status.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs/broken/model"]));
        Assert.False(Directory.Exists(folder["runs/broken/checkpoints"]));
    }
}
