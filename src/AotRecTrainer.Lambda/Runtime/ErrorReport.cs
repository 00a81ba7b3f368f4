using System.Text.Json;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>An error as the Runtime API wants it: a type for the header and a JSON body within the platform's limit.</summary>
public sealed class ErrorReport
{
    /// <summary>The largest error body the platform takes, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumCauses = 4;
    private const int MaximumTypeLength = 128;

    private ErrorReport(string errorType, ReadOnlyMemory<byte> body)
    {
        ErrorType = errorType;
        Body = body;
    }

    /// <summary>The kind of error: always <c>Function.X</c> or <c>Runtime.X</c>, the only two the platform keeps.</summary>
    public string ErrorType { get; }

    /// <summary>The JSON body, at most <see cref="MaximumBytes"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// Reports an exception. A <see cref="FunctionErrorException"/> keeps its own error type, any other exception is reported as
    /// <c>Function.</c> and the name of its class. What does not fit is left out in this order: stack and causes, then the end of
    /// the message.
    /// </summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="family">The family for an exception that names none: <c>Function</c>, or <c>Runtime</c> for a failed start.</param>
    public static ErrorReport From(Exception exception, string family = "Function")
    {
        ArgumentNullException.ThrowIfNull(exception);
        ErrorBody body = Describe(exception, family, MaximumCauses);
        byte[] json = Serialize(body);
        if (json.Length > MaximumBytes)
        {
            body = body with { StackTrace = null, Cause = null };
            json = Serialize(body);
        }

        while (json.Length > MaximumBytes)
        {
            string message = body.ErrorMessage!;
            int keep = message.Length / 2;
            if (char.IsHighSurrogate(message[keep - 1]))
                keep--; // half a pair is no character
            body = body with { ErrorMessage = message[..keep] };
            json = Serialize(body);
        }

        return new ErrorReport(body.ErrorType!, json);
    }

    private static ErrorBody Describe(Exception exception, string family, int causes) => new()
    {
        ErrorType = TypeOf(exception, family),
        ErrorMessage = exception.Message,
        StackTrace = exception.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        Cause = causes > 0 && exception.InnerException is { } inner ? Describe(inner, family, causes - 1) : null,
    };

    private static string TypeOf(Exception exception, string family)
    {
        string name = exception is FunctionErrorException own ? own.ErrorType : exception.GetType().Name;
        // The name becomes the value of an HTTP header: nothing but letters, digits and dots may reach it.
        string clean = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_'));
        if (clean.Length > MaximumTypeLength)
            clean = clean[..MaximumTypeLength];
        if (clean.StartsWith("Function.", StringComparison.Ordinal) || clean.StartsWith("Runtime.", StringComparison.Ordinal))
            return clean;
        return clean.Length == 0 ? family + ".Unhandled" : family + "." + clean;
    }

    private static byte[] Serialize(ErrorBody body) => JsonSerializer.SerializeToUtf8Bytes(body, RuntimeJsonContext.Default.ErrorBody);
}
