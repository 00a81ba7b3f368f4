using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Remote;
using AotRecTrainer.Lambda.Invoke;
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
        CoordinatorCall call = new(parsed.GetRequiredValue(_function), asked, plan);
        RunFolder folder = new(plan.Output, plan.Run);
        string? endpoint = parsed.GetValue(_endpoint) ?? Environment.GetEnvironmentVariable(LambdaInvokerOptions.EndpointVariable);
        LocalRun? local = endpoint is null ? new LocalRun(call, _local.Arguments(parsed)) : null;
        if (local is not null) await local.CheckAsync(cancellationToken);
        await using DetachedLambda? lambda = local is null ? null : await local.StartAsync(cancellationToken);
        InvokeOutcome outcome;
        try
        {
            outcome = lambda is not null
                ? await local!.FollowAsync(lambda, _terminal, cancellationToken)
                : await call.FollowAsync(RemoteFunctions.InvokerOptions(endpoint!), _terminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await ComingBack.SayAsync(_terminal.Output, folder);
        }

        await RunOutcome.PrintAsync(_terminal, outcome, folder, local?.Log);
        if (json is not null) await File.WriteAllBytesAsync(json, outcome.Payload, cancellationToken);
        return ExitCode.Done;
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
