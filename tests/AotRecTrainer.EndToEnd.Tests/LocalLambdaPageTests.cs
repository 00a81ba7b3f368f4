using System.Text.Json;
using System.Text.RegularExpressions;
using AotRecTrainer.EndToEnd.Tests.Support;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>The settings and commands of <c>docs/local-lambda.md</c>, run as they stand there; only the port is another.</summary>
public sealed partial class LocalLambdaPageTests(PlantedDataset data) : IAsyncLifetime
{
    private const string Endpoint = "http://127.0.0.1:9001";
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "local-lambda.md"));

    private readonly TemporaryFolder _folder = new();
    private LocalService _service = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateSymbolicLink(_folder["dataset"], data.Path);
        Directory.CreateSymbolicLink(_folder["artifacts"], Path.Combine(Checkout.Root, "artifacts"));
        await File.WriteAllTextAsync(_folder["local.json"], Block("json"));
        _service = await LocalService.StartAsync(config: _folder["local.json"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_AwsCli_DoesWhatItSays()
    {
        ProgramRun run = (await RunAsync("bash", "-euc", Block("sh"))).ShouldSucceed();

        Assert.Contains("REPORT RequestId: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"parametersSha256\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("small\t1024", run.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => File.Exists(_folder["runs/by-event/model/model.json"]), () => "the model of the asynchronous run");
    }

    [Fact]
    public async Task Page_Boto3_DoesWhatItSays()
    {
        if (BotoPython.Path is null && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(BotoPython.Reason);
        Assert.SkipWhen(BotoPython.Path is null, BotoPython.Reason);
        ProgramRun run = (await RunAsync(BotoPython.Path, "-c", Block("python"))).ShouldSucceed();

        Training same = await Training.RunAsync(data.Path, _folder["here"], "--epochs 5 --workers 0");
        Assert.Equal(same.TestRmse, JsonElement.Parse(run.Output).GetDouble());
    }

    private static string Block(string language) =>
        Blocks().Matches(Page).Single(block => block.Groups["language"].Value == language).Groups["text"].Value;

    private Task<ProgramRun> RunAsync(string program, string option, string script) => ProgramRun.OfAsync(
        program, [option, script.Replace(Endpoint, _service.Endpoint.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)], variables: null, _folder.Path);

    [GeneratedRegex("^```(?<language>[a-z0-9]+)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Blocks();
}
