using System.Text.Json;
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
        try
        {
            if (outcome.FunctionError is null)
            {
                return JsonSerializer.Deserialize(outcome.Payload.Span, TrainingJson.Default.CoordinatorResult)
                    ?? throw new CliException("the coordinator answered null", ExitCode.Failed);
            }

            FunctionFailure? failure = JsonSerializer.Deserialize(outcome.Payload.Span, FailureJson.Default.FunctionFailure);
            string message = failure?.ErrorMessage ?? outcome.FunctionError;
            throw failure?.ErrorType == FunctionFailure.InvalidInputType
                ? new CliException(message, ExitCode.WrongInput)
                : new CliException(log is null ? message : $"{message} (log: {log})", ExitCode.Failed);
        }
        catch (JsonException problem)
        {
            throw new CliException($"the coordinator's answer is not readable: {problem.Message}", ExitCode.Failed, problem);
        }
    }
}
