using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec local</c>: leaves the stand-in for Lambda running, for the AWS CLI and SDKs.</summary>
internal sealed class LocalCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly Terminal _terminal;
    private readonly Option<int> _port = NumberOption.Create("--port", "Port on 127.0.0.1; 0 picks a free one", otherwise: 9001);
    private readonly Option<string?> _config = new("--config")
    {
        Description = "JSON file with the stand-in's settings and functions; --bootstrap and --memory do not apply then",
        HelpName = "FILE",
    };

    private readonly FunctionOptions _function = new();
    private readonly Option<string?> _log = new("--log") { Description = "File to add the log to [default: standard error]", HelpName = "FILE" };
    private readonly Option<double?> _untilIdle = NumberOption.Create<double>(
        "--until-idle", "End after so many seconds without work, or when standard input, unless it is a terminal, says 'end'");

    private LocalCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        LocalCommand local = new(terminal);
        Command command = new("local", "Runs a local stand-in for AWS Lambda until Ctrl-C.") { local._port, local._config };
        local._function.AddTo(command);
        command.Options.Add(local._log);
        command.Options.Add(local._untilIdle);
        command.SetAction(local.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        LocalLambdaOptions options = Read(parsed);
        TimeSpan? untilIdle = parsed.GetValue(_untilIdle) is { } seconds ? ReadTime(seconds) : null;
        await using TextWriter? file = parsed.GetValue(_log) is { } path ? OpenLog(path) : null;
        options = options with { Log = file ?? TextWriter.Synchronized(_terminal.Error) };
        await using LocalLambdaServer server = await LocalFunctions.StartAsync(options, cancellationToken);
        string names = options.Functions.Count == 0 ? "no function yet" : $"function {string.Join(", ", options.Functions.Select(f => f.Name))}";
        await _terminal.Output.WriteLineAsync($"{names} at {server.Endpoint.AbsoluteUri.TrimEnd('/')} (Ctrl-C ends it)");
        await _terminal.Output.FlushAsync(cancellationToken);
        try
        {
            await WaitForEndAsync(server, untilIdle, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _terminal.Error.WriteLineAsync("stopping");
        }

        return ExitCode.Done;
    }

    private static async Task WaitForEndAsync(LocalLambdaServer server, TimeSpan? untilIdle, CancellationToken cancellationToken)
    {
        if (untilIdle is not { } time)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return;
        }

        Task idle = server.WaitUntilIdleAsync(time, cancellationToken);
        await await Task.WhenAny(Console.IsInputRedirected ? [idle, ToldToEndAsync(cancellationToken)] : [idle]);
    }

    /// <summary>Completes when the word comes; never when the input ends without it.</summary>
    private static async Task ToldToEndAsync(CancellationToken cancellationToken)
    {
        // The console's reader would hold this thread.
        using StreamReader input = new(Console.OpenStandardInput());
        string? line;
        do line = await Task.Run(input.ReadLine, cancellationToken);
        while (line is not (null or DetachedLambda.EndWord));
        if (line is null) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private LocalLambdaOptions Read(ParseResult parsed)
    {
        LocalLambdaOptions options = parsed.GetValue(_config) is { } file
            ? ReadFile(file)
            : new LocalLambdaOptions { Port = parsed.GetValue(_port), ShutdownGrace = Grace, Functions = [_function.Read(parsed)] };
        return parsed.GetResult(_port) is { Implicit: false } ? options with { Port = parsed.GetValue(_port) } : options;
    }

    private static LocalLambdaOptions ReadFile(string file)
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

    private static TimeSpan ReadTime(double seconds) => seconds is > 0 and <= 86400
        ? TimeSpan.FromSeconds(seconds)
        : throw new CliException($"--until-idle is {seconds}, expected seconds above 0, at most a day", ExitCode.WrongInput);

    private static TextWriter OpenLog(string path)
    {
        try
        {
            return LocalLog.Open(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--log: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
