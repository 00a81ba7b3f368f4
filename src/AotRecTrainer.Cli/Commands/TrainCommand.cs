using System.CommandLine;
using System.Text.Json;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Remote;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.LocalLambda;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec train</c>: invokes a coordinator, behind the local stand-in unless an endpoint is given, and follows it.</summary>
internal sealed class TrainCommand
{
    private readonly Terminal _terminal;
    private readonly TrainOptions _event = new();
    private readonly FunctionOptions _local = new();
    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = $"Lambda endpoint to use in place of a local stand-in [default: {LambdaInvokerOptions.EndpointVariable}]",
        HelpName = "URL",
    };

    private readonly Option<string> _function = new("--function")
    {
        Description = "Function to invoke",
        HelpName = "NAME",
        DefaultValueFactory = _ => LocalFunctions.FunctionName,
    };

    private readonly Option<string?> _json = new("--json") { Description = "File for the coordinator's result", HelpName = "FILE" };

    private TrainCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TrainCommand train = new(terminal);
        Command command = new("train", "Trains a model and follows the run.");
        train._event.AddTo(command);
        foreach (Option option in new Option[] { train._endpoint, train._function }) command.Options.Add(option);
        train._local.AddTo(command);
        command.Options.Add(train._json);
        command.SetAction(train.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string? dataset = parsed.GetValue(_event.Dataset) is { } given ? Locations.Absolute("--dataset", given) : null;
        string output = Locations.Absolute("--output", parsed.GetRequiredValue(_event.Output));
        CoordinatorEvent wanted = _event.Read(parsed, dataset, output);
        (CoordinatorEvent asked, TrainingPlan plan) = wanted.Resume == true
            ? (wanted, await RunFolder.ReadPlanAsync(wanted, cancellationToken))
            : Check(wanted);
        string? json = parsed.GetValue(_json);
        if (json is not null) ResultFile.Check(json);
        string function = parsed.GetRequiredValue(_function);
        string? endpoint = parsed.GetValue(_endpoint) ?? Environment.GetEnvironmentVariable(LambdaInvokerOptions.EndpointVariable);
        (InvokeOutcome outcome, string? log) = endpoint is null
            ? await RunHereAsync(_local.Read(parsed), function, asked, plan, cancellationToken)
            : (await RunThereAsync(endpoint, function, asked, plan, cancellationToken), null);
        if (outcome.FunctionError is not null) await HintAsync(plan);
        CoordinatorResult result = CoordinatorAnswer.Read(outcome, log);
        if (result.State == RunState.Cancelled)
        {
            await HintAsync(plan);
            throw new CliException($"run {plan.Run} was stopped on request after {result.Rounds ?? 0} epochs", ExitCode.Failed);
        }

        Summary.Print(_terminal.Output, result, log);
        if (json is not null) await File.WriteAllBytesAsync(json, outcome.Payload, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Runs behind a local stand-in, which ends with the run.</summary>
    private async Task<(InvokeOutcome Outcome, string? Log)> RunHereAsync(
        FunctionDefinition definition, string function, CoordinatorEvent asked, TrainingPlan plan, CancellationToken cancellationToken)
    {
        LocalRun run = new(plan);
        await run.CheckAsync(isNew: asked.Resume is null, cancellationToken);
        InvokeOutcome outcome;
        string path;
        try
        {
            await using LocalLog log = LocalLog.Open(plan.Output, plan.Run);
            path = log.Path;
            await using LocalLambdaServer server = await LocalFunctions.StartAsync(definition, log.Writer, cancellationToken);
            outcome = await InvokeAsync(LocalFunctions.InvokerOptions(server.Endpoint), function, asked, plan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await run.NoteEndAsync("interrupted");
            await HintAsync(plan);
            throw;
        }

        if (CoordinatorAnswer.Death(outcome) is { } reason) await run.NoteEndAsync(reason);
        return (outcome, path);
    }

    /// <summary>Runs at an endpoint, where an interruption here changes nothing.</summary>
    private async Task<InvokeOutcome> RunThereAsync(
        string endpoint, string function, CoordinatorEvent asked, TrainingPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeAsync(RemoteFunctions.InvokerOptions(endpoint), function, asked, plan, cancellationToken);
        }
        catch (OperationCanceledException problem)
        {
            throw new CliException(
                $"interrupted; run {plan.Run} may go on at {endpoint}: {plan.Output.TrimEnd('/')}/{plan.Run}/status.json tells",
                ExitCode.Failed, problem);
        }
    }

    private async Task<InvokeOutcome> InvokeAsync(
        LambdaInvokerOptions options, string function, CoordinatorEvent asked, TrainingPlan plan, CancellationToken cancellationToken)
    {
        using LambdaInvoker invoker = new(options);
        using IObjectStore store = ObjectStores.Open(plan.Output);
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);
        Task<InvokeOutcome> invocation = InvokeToEndAsync();
        return await RunFollower.FollowAsync(_terminal, invocation, store, plan, cancellationToken);

        async Task<InvokeOutcome> InvokeToEndAsync() => await RunEnd.WaitAsync(
            await invoker.InvokeAsync(function, payload, cancellationToken), store, plan.Run, cancellationToken);
    }

    /// <summary>Says how to go on with a run that has begun and was cut short.</summary>
    private async Task HintAsync(TrainingPlan plan)
    {
        using IObjectStore store = ObjectStores.Open(plan.Output);
        if (await store.GetLengthAsync(new RunKeys(plan.Run).Lease) is not null)
            await _terminal.Output.WriteLineAsync($"to go on: aotrec train --resume --run {plan.Run} --output {plan.Output}");
    }

    /// <summary>The event with the run's name filled in, so that the run can be followed by it.</summary>
    private static (CoordinatorEvent Asked, TrainingPlan Plan) Check(CoordinatorEvent asked)
    {
        try
        {
            TrainingPlan plan = TrainingPlan.From(asked, TimeProvider.System.GetUtcNow());
            return (asked with { Run = plan.Run }, plan);
        }
        catch (TrainingInputException problem)
        {
            throw new CliException(problem.Message, ExitCode.WrongInput, problem);
        }
    }
}
