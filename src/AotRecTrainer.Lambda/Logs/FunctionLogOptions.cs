using System.Globalization;

namespace AotRecTrainer.Lambda.Logs;

/// <summary>How the platform wants a function to log.</summary>
public sealed record FunctionLogOptions
{
    /// <summary>The variable that chooses between <c>JSON</c> and <c>Text</c>.</summary>
    public const string FormatVariable = "AWS_LAMBDA_LOG_FORMAT";

    /// <summary>The variable that names the least level to write.</summary>
    public const string LevelVariable = "AWS_LAMBDA_LOG_LEVEL";

    /// <summary>The variable that names the open file descriptor for framed records.</summary>
    public const string TelemetryVariable = "_LAMBDA_TELEMETRY_LOG_FD";

    /// <summary>Whether records are JSON objects rather than text. Default: text.</summary>
    public bool IsJson { get; init; }

    /// <summary>Records below this level are left out. Default: <see cref="LogLevel.Info"/>.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Info;

    /// <summary>The file descriptor that takes framed records; null (the default) when records are lines on the standard error.</summary>
    public int? TelemetryDescriptor { get; init; }

    /// <summary>
    /// Options from the environment. A value that is none of the known ones counts as not set: a log must not be what a function
    /// fails on.
    /// </summary>
    /// <param name="variable">Gives a variable's value, null when it is not set.</param>
    public static FunctionLogOptions From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? descriptor = variable(TelemetryVariable);
        return new FunctionLogOptions
        {
            IsJson = string.Equals(variable(FormatVariable), "JSON", StringComparison.OrdinalIgnoreCase),
            MinimumLevel = Level(variable(LevelVariable)),
            TelemetryDescriptor = int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null,
        };
    }

    private static LogLevel Level(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warn,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Fatal,
        _ => LogLevel.Info,
    };
}
