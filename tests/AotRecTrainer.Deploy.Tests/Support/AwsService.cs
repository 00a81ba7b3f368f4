using System.Text.Json;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.Deploy.Tests.Support;

/// <summary>Other people's AWS: moto, which knows CloudFormation, IAM, Lambda, S3 and more, and the AWS CLI to ask it with.</summary>
public sealed class AwsService : IAsyncLifetime
{
    private S3TestServer? _server;
    private string _reason = "";

    /// <summary>What makes the AWS CLI talk to it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        _server = await S3TestServer.TryStartAsync(reason => _reason = reason);
        if (_server is { Name: not "moto_server" })
            _reason = $"{_server.Name} knows S3 only; these tests need moto_server (pip install 'moto[server]')";
        if (_server is null) return;
        Variables = new Dictionary<string, string>(_server.Variables, StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = _server.Endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Skips the test, with the reason, where there is no such service.</summary>
    public void ShouldBeThere() => Assert.SkipWhen(_reason.Length > 0, _reason);

    /// <summary>Asks with the AWS CLI; the answer is JSON.</summary>
    public async Task<JsonElement> AskAsync(params string[] arguments)
    {
        CommandRun run = (await CommandRun.OfAsync("aws", [.. arguments, "--output", "json"], Variables)).ShouldSucceed();
        using JsonDocument answer = JsonDocument.Parse(run.Output.Length == 0 ? "null" : run.Output);
        return answer.RootElement.Clone();
    }
}
