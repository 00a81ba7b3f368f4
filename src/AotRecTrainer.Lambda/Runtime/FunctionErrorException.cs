namespace AotRecTrainer.Lambda.Runtime;

/// <summary>Fails an invocation with an error type that callers can tell apart.</summary>
public sealed class FunctionErrorException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorType">
    /// The kind of error, such as <c>OutOfTime</c>; reported as <c>Function.OutOfTime</c>. A leading <c>Function.</c> or
    /// <c>Runtime.</c> is kept as it is.
    /// </param>
    /// <param name="message">What went wrong, for the caller.</param>
    public FunctionErrorException(string errorType, string message)
        : this(errorType, message, null)
    {
    }

    /// <summary>Creates the exception with the failure underneath, which is reported as the error's cause.</summary>
    /// <param name="errorType">The kind of error, as in the other constructor.</param>
    /// <param name="message">What went wrong, for the caller.</param>
    /// <param name="inner">The failure underneath.</param>
    public FunctionErrorException(string errorType, string message, Exception? inner)
        : base(message, inner)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(errorType);
        ErrorType = errorType;
    }

    /// <summary>The kind of error, as it was given.</summary>
    public string ErrorType { get; }
}
