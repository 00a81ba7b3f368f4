using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.LocalLambda;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec train</c>: invokes a coordinator, behind the local stand-in unless an endpoint or function is given, and follows it.</summary>
internal sealed class TrainCommand
{
    private readonly TrainOptions _event = new();
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "Lambda endpoint to use in place of a local stand-in" };
    private readonly Option<string> _function = new("--function") { Description = "Function to invoke", DefaultValueFactory = _ => LocalFunctions.FunctionName };
    private readonly Option<string?> _bootstrap = new("--bootstrap") { Description = "The local function's executable [default: beside this program]" };
    private readonly Option<int> _memory = new("--memory") { Description = "Memory of the local function in MB", DefaultValueFactory = _ => 1769 };
    private readonly Option<string?> _json = new("--json") { Description = "File for the coordinator's result" };

    public static Command Create() => new TrainCommand().CreateCommand();

    private Command CreateCommand()
    {
        Command command = new(
            "train",
            "Trains a model and follows the run.\n\nExamples:\n"
            + "  aotrec train --dataset data/ml-1m --output runs --workers 3 --epochs 50 --factors 10\n"
            + "  aotrec train --dataset s3://bucket/datasets/ml-1m --output s3://bucket/runs --exchange poll --json result.json");
        _event.AddTo(command);
        foreach (Option option in new Option[] { _endpoint, _function, _bootstrap, _memory, _json }) command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string dataset = Locations.Absolute("--dataset", parsed.GetRequiredValue(_event.Dataset));
        string output = Locations.Absolute("--output", parsed.GetRequiredValue(_event.Output));
        string run = parsed.GetValue(_event.Run)
            ?? "run-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        CoordinatorEvent asked = _event.Read(parsed, dataset, output, run);
        TrainingPlan plan = Check(asked);
        string? endpoint = parsed.GetValue(_endpoint) ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA");
        await using TextWriter log = LocalLog.Open(output, run, out string logPath);
        await using LocalLambdaServer? local = endpoint is null
            ? await LocalFunctions.StartAsync(parsed.GetValue(_bootstrap), 0, parsed.GetValue(_memory), TextWriter.Synchronized(log), cancellationToken)
            : null;
        using LambdaInvoker invoker = new(local is null ? Remote(endpoint!) : LocalFunctions.InvokerOptions(local.Endpoint));
        using IObjectStore store = ObjectStores.Open(output);
        InvokeOutcome outcome = await RunFollower.FollowAsync(
            invoker.InvokeAsync(
                parsed.GetRequiredValue(_function), JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent), cancellationToken),
            store, plan, cancellationToken);
        CoordinatorResult result = Read(outcome);
        if (parsed.GetValue(_json) is { } file) await File.WriteAllBytesAsync(file, outcome.Payload, cancellationToken);
        Summary.Print(result, local is null ? null : logPath);
        return 0;
    }

    private static LambdaInvokerOptions Remote(string endpoint)
    {
        try
        {
            return LambdaInvokerOptions.From(name => name == LambdaInvokerOptions.EndpointVariable ? endpoint : Environment.GetEnvironmentVariable(name));
        }
        catch (ArgumentException problem)
        {
            throw new CliException(problem.Message, 2, problem);
        }
    }

    private static TrainingPlan Check(CoordinatorEvent asked)
    {
        try
        {
            return TrainingPlan.From(asked, TimeProvider.System.GetUtcNow());
        }
        catch (TrainingInputException problem)
        {
            throw new CliException(problem.Message, 2, problem);
        }
    }

    private static CoordinatorResult Read(InvokeOutcome outcome)
    {
        try
        {
            if (outcome.FunctionError is null)
            {
                return JsonSerializer.Deserialize(outcome.Payload.Span, TrainingJson.Default.CoordinatorResult)
                    ?? throw new CliException("the coordinator answered null", 1);
            }

            FunctionFailure? failure = JsonSerializer.Deserialize(outcome.Payload.Span, FailureJson.Default.FunctionFailure);
            int exitCode = failure?.ErrorType == FunctionFailure.InvalidInputType ? 2 : 1;
            throw new CliException(failure?.ErrorMessage ?? outcome.FunctionError, exitCode);
        }
        catch (JsonException problem)
        {
            throw new CliException($"the coordinator's answer is not readable: {problem.Message}", 1, problem);
        }
    }
}
