using System.Text.Json.Nodes;
using AotRecTrainer.Testing;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>AWS's SDK for Python, calling a server: runs a script that has a <c>client</c> and says what it found with <c>show</c>.</summary>
internal sealed class Boto3(TestServer server)
{
    private const string Prelude = """
        import base64, json, sys, time
        import boto3
        from botocore.config import Config


        def connect(attempts=1):
            retries = {"total_max_attempts": attempts, "mode": "standard"}
            return boto3.client("lambda", endpoint_url=sys.argv[1], config=Config(retries=retries, max_pool_connections=50))


        def show(**found):
            print(json.dumps(found))


        client = connect()

        """;

    private readonly string _python = Skip.UnlessInstalled(BotoPython.Path, BotoPython.Reason);

    /// <summary>Runs a script and returns what it showed.</summary>
    public async Task<JsonNode> RunAsync(string script, params string[] arguments) =>
        (await ClientRun.OfAsync(_python, ["-c", Prelude + script, server.Server.Endpoint.AbsoluteUri.TrimEnd('/'), .. arguments])).Json;
}
