using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec local</c>: leaves the stand-in for Lambda running, for the AWS CLI and SDKs.</summary>
internal static class LocalCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port on 127.0.0.1; 0 picks a free one", DefaultValueFactory = _ => 9001 };
        Option<string?> bootstrap = new("--bootstrap") { Description = "The function's executable [default: beside this program]" };
        Option<int> memory = new("--memory") { Description = "Memory of the function in MB", DefaultValueFactory = _ => 1769 };
        Command command = new(
            "local",
            "Runs a local stand-in for AWS Lambda until Ctrl-C.\n\nExample:\n"
            + "  aotrec local --port 9001 &\n"
            + "  aws lambda invoke --endpoint-url http://127.0.0.1:9001 --function-name aotrec --cli-binary-format raw-in-base64-out \\\n"
            + "    --payload '{\"role\":\"coordinator\",\"dataset\":\"file:///data/ml\",\"output\":\"file:///data/runs\"}' result.json")
        {
            port, bootstrap, memory,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(bootstrap), parsed.GetValue(port), parsed.GetValue(memory), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? bootstrap, int port, int memory, CancellationToken cancellationToken)
    {
        await using LocalLambdaServer server = await LocalFunctions.StartAsync(bootstrap, port, memory, TextWriter.Synchronized(Console.Error), cancellationToken);
        await Console.Out.WriteLineAsync($"function {LocalFunctions.FunctionName} at {server.Endpoint.AbsoluteUri.TrimEnd('/')} (Ctrl-C ends it)");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("stopping");
        }

        return 0;
    }
}
