using System.Diagnostics;
using System.Text.Json.Nodes;

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

    private static readonly Lazy<string?> Interpreter = new(FindInterpreter);

    private readonly string _python = Skip.UnlessInstalled(
        Interpreter.Value, "no python3 that can import boto3 was found (scripts/test.sh installs one, or: apt-get install python3-boto3)");

    /// <summary>Runs a script and returns what it showed.</summary>
    public async Task<JsonNode> RunAsync(string script, params string[] arguments) =>
        (await ClientRun.OfAsync(_python, ["-c", Prelude + script, server.Server.Endpoint.AbsoluteUri.TrimEnd('/'), .. arguments])).Json;

    // Which Python has the package differs: that on the path, the system's, or the one that moto was installed for.
    private static string? FindInterpreter()
    {
        string?[] candidates = [ClientRun.Find("python3"), "/usr/bin/python3", InterpreterOf(ClientRun.Find("moto_server"))];
        return candidates.OfType<string>().Where(File.Exists).FirstOrDefault(CanImport);
    }

    private static string? InterpreterOf(string? script)
    {
        string? line = script is null ? null : File.ReadLines(script).FirstOrDefault();
        return line is not null && line.StartsWith("#!", StringComparison.Ordinal) ? line[2..].Trim() : null;
    }

    private static bool CanImport(string python)
    {
        var info = new ProcessStartInfo(python, ["-c", "import boto3"]) { UseShellExecute = false, RedirectStandardError = true };
        using Process process = Process.Start(info)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
