using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Reads what the coordinator's invocation came to.</summary>
internal static class CoordinatorAnswer
{
    /// <summary>The result of a run.</summary>
    /// <param name="outcome">The answer.</param>
    /// <param name="log">Where the functions' log is, when it is on this machine: it tells more about a failure.</param>
    /// <exception cref="CliException">The run failed.</exception>
    public static CoordinatorResult Read(InvokeOutcome outcome, string? log)
    {
        if (outcome.FunctionError is null)
        {
            return Parse(outcome, TrainingJson.Default.CoordinatorResult)
                ?? throw new CliException("the coordinator answered null", ExitCode.Failed);
        }

        string message = Death(outcome) ?? Failure(outcome)?.ErrorMessage ?? outcome.FunctionError;
        throw Failure(outcome)?.ErrorType == FunctionFailure.InvalidInputType
            ? new CliException(message, ExitCode.WrongInput)
            : new CliException(log is null ? message : $"{message} (log: {log})", ExitCode.Failed);
    }

    /// <summary>How the coordinator's process ended without an answer of its own; null when it gave one.</summary>
    public static string? Death(InvokeOutcome outcome) =>
        outcome.FunctionError is not null && Failure(outcome) is { ErrorType: { } type } failure
            && (type.StartsWith("Runtime.", StringComparison.Ordinal) || type.StartsWith("Sandbox.", StringComparison.Ordinal))
            ? $"the coordinator did not end the run: {failure.ErrorMessage ?? type}"
            : null;

    private static FunctionFailure? Failure(InvokeOutcome outcome) => Parse(outcome, FailureJson.Default.FunctionFailure);

    private static T? Parse<T>(InvokeOutcome outcome, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(outcome.Payload.Span, type);
        }
        catch (JsonException problem)
        {
            throw new CliException($"the coordinator's answer is not readable: {problem.Message}", ExitCode.Failed, problem);
        }
    }
}
