using System.Text.Json;
using AotRecTrainer.Model;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Messages;

/// <summary>A failed function's answer, in Lambda's words.</summary>
/// <param name="ErrorType">What kind of failure it is.</param>
/// <param name="ErrorMessage">One line for the operator.</param>
public sealed record FunctionFailure(string? ErrorType, string? ErrorMessage)
{
    /// <summary>What was asked for cannot be done: the event, the data set or a run's name is wrong.</summary>
    public const string InvalidInputType = "Function.InvalidInput";

    /// <summary>The model ran away.</summary>
    public const string DivergedType = "Function.Diverged";

    /// <summary>A run could not be brought to its end.</summary>
    public const string TrainingFailedType = "Function.TrainingFailed";

    /// <summary>The object store failed.</summary>
    public const string StorageType = "Function.Storage";

    /// <summary>Anything else; another attempt may fare better.</summary>
    public const string OtherType = "Function.Failed";

    /// <summary>Puts an exception into these words.</summary>
    public static FunctionFailure Of(Exception problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new FunctionFailure(TypeOf(problem), problem.Message);
    }

    /// <summary>Reads a failure; what cannot be read is one of the kind given, without a message.</summary>
    internal static FunctionFailure Parse(ReadOnlySpan<byte> json, string kind)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FailureJson.Default.FunctionFailure) ?? new FunctionFailure(kind, "no message");
        }
        catch (JsonException)
        {
            return new FunctionFailure(kind, "an answer that is not JSON");
        }
    }

    /// <summary>The failure as one line.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    /// <summary>The exception to end a run with; null for failures that another attempt may mend.</summary>
    internal Exception? ToPermanent() => ErrorType switch
    {
        InvalidInputType => new TrainingInputException(ErrorMessage ?? "a worker refused its input and gave no reason"),
        DivergedType => new ModelException(ErrorMessage ?? "training diverged") { IsDivergence = true },
        _ => null,
    };

    /// <summary>The kind of failure that an exception is.</summary>
    public static string TypeOf(Exception problem) => problem switch
    {
        ModelException { IsDivergence: true } => DivergedType,
        TrainingFailedException => TrainingFailedType,
        StorageException => StorageType,
        _ when TrainingInput.IsPermanent(problem) => InvalidInputType,
        _ => OtherType,
    };
}
