using System.CommandLine;
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
        string dataset = Locations.Absolute("--dataset", parsed.GetRequiredValue(_event.Dataset));
        string output = Locations.Absolute("--output", parsed.GetRequiredValue(_event.Output));
        (CoordinatorEvent asked, TrainingPlan plan) = Check(_event.Read(parsed, dataset, output));
        string? json = parsed.GetValue(_json);
        if (json is not null) ResultFile.Check(json);
        string function = parsed.GetRequiredValue(_function);
        InvokeOutcome outcome;
        string? log = null;
        if ((parsed.GetValue(_endpoint) ?? Environment.GetEnvironmentVariable(LambdaInvokerOptions.EndpointVariable)) is { } endpoint)
        {
            outcome = await InvokeAsync(Remote(endpoint), function, asked, plan, cancellationToken);
        }
        else
        {
            await LocalData.CheckAsync(dataset, cancellationToken);
            await using LocalLog lines = LocalLog.Open(output, plan.Run);
            await using LocalLambdaServer server = await LocalFunctions.StartAsync(_local.Read(parsed), lines.Writer, cancellationToken);
            log = lines.Path;
            outcome = await InvokeAsync(LocalFunctions.InvokerOptions(server.Endpoint), function, asked, plan, cancellationToken);
        }

        CoordinatorResult result = CoordinatorAnswer.Read(outcome, log);
        if (json is not null) await File.WriteAllBytesAsync(json, outcome.Payload, cancellationToken);
        Summary.Print(_terminal.Output, result, log);
        return ExitCode.Done;
    }

    private async Task<InvokeOutcome> InvokeAsync(
        LambdaInvokerOptions options, string function, CoordinatorEvent asked, TrainingPlan plan, CancellationToken cancellationToken)
    {
        using LambdaInvoker invoker = new(options);
        using IObjectStore store = ObjectStores.Open(plan.Output);
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);
        return await RunFollower.FollowAsync(_terminal, invoker.InvokeAsync(function, payload, cancellationToken), store, plan, cancellationToken);
    }

    private static LambdaInvokerOptions Remote(string endpoint)
    {
        try
        {
            return LambdaInvokerOptions.From(name => name == LambdaInvokerOptions.EndpointVariable ? endpoint : Environment.GetEnvironmentVariable(name));
        }
        catch (ArgumentException problem)
        {
            throw new CliException(Locations.WithoutParameter(problem), ExitCode.WrongInput, problem);
        }
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
