namespace AotRecTrainer.Training.Messages;

/// <summary>A failed function's answer, in Lambda's words.</summary>
public sealed record FunctionFailure(string? ErrorType, string? ErrorMessage)
{
    /// <summary>The error type of failures that trying again cannot mend.</summary>
    public const string InvalidInputType = "Function.InvalidInput";
}
