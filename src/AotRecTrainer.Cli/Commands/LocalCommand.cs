using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec local</c>: leaves the stand-in for Lambda running, for the AWS CLI and SDKs.</summary>
internal static class LocalCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static Command Create(Terminal terminal)
    {
        Option<int> port = NumberOption.Create("--port", "Port on 127.0.0.1; 0 picks a free one", otherwise: 9001);
        Option<string?> config = new("--config")
        {
            Description = "JSON file with the stand-in's settings and functions; --bootstrap and --memory do not apply then",
            HelpName = "FILE",
        };
        FunctionOptions function = new();
        Command command = new("local", "Runs a local stand-in for AWS Lambda until Ctrl-C.") { port, config };
        function.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            LocalLambdaOptions options = parsed.GetValue(config) is { } file
                ? Read(file)
                : new LocalLambdaOptions { Port = parsed.GetValue(port), ShutdownGrace = Grace, Functions = [function.Read(parsed)] };
            if (parsed.GetResult(port) is { Implicit: false })
                options = options with { Port = parsed.GetValue(port) };
            return RunAsync(terminal, options, cancellationToken);
        });
        return command;
    }

    private static LocalLambdaOptions Read(string file)
    {
        try
        {
            return LocalLambdaFile.Read(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException($"--config: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    private static async Task<int> RunAsync(Terminal terminal, LocalLambdaOptions options, CancellationToken cancellationToken)
    {
        await using LocalLambdaServer server = await LocalFunctions.StartAsync(
            options with { Log = TextWriter.Synchronized(terminal.Error) }, cancellationToken);
        string names = options.Functions.Count == 0 ? "no function yet" : $"function {string.Join(", ", options.Functions.Select(f => f.Name))}";
        await terminal.Output.WriteLineAsync($"{names} at {server.Endpoint.AbsoluteUri.TrimEnd('/')} (Ctrl-C ends it)");
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
