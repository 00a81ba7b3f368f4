using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Logs;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Lambda.CloudWatch;
using AotRecTrainer.Lambda.Logs;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec logs</c>: the lines that a run's functions wrote, from the stand-in's file or from CloudWatch Logs.</summary>
internal sealed class LogsCommand
{
    private const string Group = "/aws/lambda/";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly Terminal _terminal;
    private readonly Argument<string> _run = RunArgument.Create();
    private readonly Option<bool> _follow = new("--follow") { Description = "Go on until the run ends" };
    private readonly Option<int?> _worker = NumberOption.Create<int>(
        "--worker", "Only lines about events of this process; they count from 1 in the order of their first event, the coordinator's is 0");

    private readonly Option<LogLevel?> _level = new("--level") { Description = "Only lines that matter at least so much", HelpName = "info|warn|error" };
    private readonly Option<string?> _function = new("--function")
    {
        Description = "Read CloudWatch Logs of this coordinator function [default: aotrec-coordinator, unless the run's log is on this machine]",
        HelpName = "NAME",
    };

    private readonly Option<string> _workerFunction = new("--worker-function")
    {
        Description = "The worker function, in CloudWatch Logs",
        HelpName = "NAME",
        DefaultValueFactory = _ => "aotrec-worker",
    };

    private LogsCommand(Terminal terminal)
    {
        _terminal = terminal;
        _level.CustomParser = parsed =>
        {
            string text = parsed.Tokens[0].Value;
            if (Enum.TryParse(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level) && char.IsLetter(text[0])) return level;
            parsed.AddError($"--level is '{text}', expected trace, debug, info, warn, error or fatal");
            return null;
        };
    }

    public static Command Create(Terminal terminal)
    {
        LogsCommand logs = new(terminal);
        Command command = new("logs", "Shows what a run's functions have logged.")
        {
            logs._run, logs._follow, logs._worker, logs._level, logs._function, logs._workerFunction,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(logs._worker) is < 0) result.AddError("--worker is below 0, expected 0 for the coordinator or the number of a worker");
        });
        command.SetAction(logs.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        RunFolder folder = RunFolder.Parse(parsed.GetRequiredValue(_run));
        LogSelection wanted = new(parsed.GetValue(_worker), parsed.GetValue(_level));
        using IObjectStore store = ObjectStores.Open(folder.Output);
        if (await WrongInput.ReportedAsync(() => RunControl.ReadConfigAsync(store, folder.Run, cancellationToken)) is null)
            throw new CliException($"there is no run {folder.Run} in {store.Location}", ExitCode.WrongInput);
        using IRunLog log = Open(parsed, folder);
        bool isOver;
        try
        {
            do
            {
                isOver = !parsed.GetValue(_follow) || await IsOverAsync(store, folder, cancellationToken);
                if (isOver && parsed.GetValue(_follow)) await Task.Delay(log.Lag, cancellationToken);
                foreach (RunLogLine line in (await log.ReadNewAsync(cancellationToken)).Where(wanted.Takes))
                    await _terminal.Output.WriteLineAsync(line.Text);
                if (!isOver) await Task.Delay(Pause + log.Lag, cancellationToken);
            }
            while (!isOver);
            return ExitCode.Done;
        }
        catch (CloudWatchException problem)
        {
            throw new CliException(problem.Message, ExitCode.Failed, problem);
        }
    }

    private IRunLog Open(ParseResult parsed, RunFolder folder)
    {
        string path = LocalLog.PathOf(folder.Output, folder.Run);
        string? function = parsed.GetValue(_function);
        if (function is null && File.Exists(path)) return new LocalRunLog(path);
        if (function is null && new Uri(folder.Output).IsFile)
        {
            throw new CliException(
                $"there is no log at {path}: 'aotrec local' without --log writes to its terminal", ExitCode.WrongInput);
        }

        try
        {
            CloudWatchLogs logs = new(CloudWatchOptions.From(Environment.GetEnvironmentVariable));
            return new CloudWatchRunLog(logs, folder.Run, Group + (function ?? "aotrec-coordinator"), Group + parsed.GetRequiredValue(_workerFunction));
        }
        catch (ArgumentException problem)
        {
            throw new CliException(Locations.WithoutParameter(problem), ExitCode.WrongInput, problem);
        }
    }

    private static async Task<bool> IsOverAsync(IObjectStore store, RunFolder folder, CancellationToken cancellationToken) =>
        await WrongInput.ReportedAsync(() => RunControl.ReadLeaseAsync(store, folder.Run, cancellationToken))
            is { State: RunState.Complete or RunState.Failed or RunState.Cancelled };
}
