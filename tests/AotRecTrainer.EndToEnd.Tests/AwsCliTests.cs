using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>The real AWS CLI against <c>aotrec local</c>.</summary>
public sealed class AwsCliTests(PlantedDataset data)
{
    private static readonly Dictionary<string, string> Credentials = new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
    };

    [Fact]
    public async Task Invoke_CoordinatorEvent_TrainsAModel()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await LocalService.StartAsync();
        ProgramRun aws = (await InvokeAsync(service, folder, Event(folder, workers: 3))).ShouldSucceed();
        using JsonDocument answer = JsonDocument.Parse(aws.Output);
        Assert.Equal(200, answer.RootElement.GetProperty("StatusCode").GetInt32());
        Assert.False(answer.RootElement.TryGetProperty("FunctionError", out _));

        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(folder["result.json"], TestContext.Current.CancellationToken));
        Training trained = await Training.RunAsync(data.Path, folder["runs"], "--workers 0 --epochs 4 --factors 3");
        Assert.Equal(trained.Sha256, result.RootElement.GetProperty("parametersSha256").GetString());
        Assert.Equal(4, result.RootElement.GetProperty("rounds").GetInt32());
        Assert.True(File.Exists(folder["runs/by-aws/model/model.json"]));
        Assert.True(FunctionLog.WorkerPids(service.Log).Length >= 3);
    }

    [Fact]
    public async Task Invoke_WrongEvent_IsAFailedInvocation()
    {
        using TemporaryFolder folder = new();
        await using LocalService service = await LocalService.StartAsync();
        ProgramRun aws = (await InvokeAsync(service, folder, Event(folder, workers: -1))).ShouldSucceed();
        using JsonDocument answer = JsonDocument.Parse(aws.Output);
        Assert.Equal("Unhandled", answer.RootElement.GetProperty("FunctionError").GetString());
        string result = await File.ReadAllTextAsync(folder["result.json"], TestContext.Current.CancellationToken);
        Assert.Contains("workers is -1, expected 0..", result, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    // A payload from a file means the same to both versions of the AWS CLI; on the command line version 2 wants base64.
    private static async Task<ProgramRun> InvokeAsync(LocalService service, TemporaryFolder folder, string payload)
    {
        await File.WriteAllTextAsync(folder["event.json"], payload, TestContext.Current.CancellationToken);
        string[] arguments =
        [
            "lambda", "invoke", "--endpoint-url", service.Endpoint.AbsoluteUri.TrimEnd('/'), "--function-name", "aotrec", "--output", "json",
            "--payload", $"fileb://{folder["event.json"]}", folder["result.json"],
        ];
        return await ProgramRun.OfAsync("aws", arguments, Credentials);
    }

    private string Event(TemporaryFolder folder, int workers) => JsonSerializer.Serialize(new
    {
        role = "coordinator",
        run = "by-aws",
        dataset = new Uri(data.Path).AbsoluteUri,
        output = new Uri(folder["runs"]).AbsoluteUri,
        workers,
        epochs = 4,
        factors = 3,
    });
}
