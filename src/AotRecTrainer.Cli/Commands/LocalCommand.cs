using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec local</c>: leaves the stand-in for Lambda running, for the AWS CLI and SDKs.</summary>
internal static class LocalCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<int> port = NumberOption.Create("--port", "Port on 127.0.0.1; 0 picks a free one", otherwise: 9001);
        FunctionOptions function = new();
        Command command = new("local", "Runs a local stand-in for AWS Lambda until Ctrl-C.") { port };
        function.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(terminal, function.Read(parsed), parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, FunctionDefinition function, int port, CancellationToken cancellationToken)
    {
        await using LocalLambdaServer server = await LocalFunctions.StartAsync(
            function, TextWriter.Synchronized(terminal.Error), cancellationToken, port);
        await terminal.Output.WriteLineAsync($"function {function.Name} at {server.Endpoint.AbsoluteUri.TrimEnd('/')} (Ctrl-C ends it)");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("stopping");
        }

        return ExitCode.Done;
    }
}
