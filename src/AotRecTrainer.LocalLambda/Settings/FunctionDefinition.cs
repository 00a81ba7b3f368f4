namespace AotRecTrainer.LocalLambda;

/// <summary>One function the server offers: which program to start for it, and its Lambda settings.</summary>
public sealed record FunctionDefinition
{
    /// <summary>Name callers use; 1 to 64 letters, digits, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The program to start: a path (relative ones against the current directory) or a bare name looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>Arguments passed to the program as they are; none by default.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Memory size in megabytes, 128 to 10,240. An environment whose peak goes over it is killed.</summary>
    public int MemoryMegabytes { get; init; } = 1769;

    /// <summary>
    /// Whether its environments are among those on <see cref="LocalLambdaOptions.PinToCpu"/> (the default); otherwise they keep off that CPU
    /// where there is another.
    /// </summary>
    public bool SharesPinnedCpu { get; init; } = true;

    /// <summary>Time an invocation may take before its environment is killed; above zero, at most 900 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>Value of <c>_HANDLER</c> in the function's environment.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>How the function is asked to log: <c>Text</c> or <c>JSON</c>.</summary>
    public string LogFormat { get; init; } = "Text";

    /// <summary>The least level it is asked to log; null leaves that to the function.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Variables set for the function; they win over inherited ones and over those the server sets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Problem()
    {
        if (Name is not { Length: >= 1 and <= 64 } || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return $"function name '{Name}': expected 1 to 64 letters, digits, '-' or '_'";

        return string.IsNullOrWhiteSpace(Executable) ? $"function {Name}: no executable given"
            : MemoryMegabytes is < 128 or > 10_240 ? $"function {Name}: memory size {MemoryMegabytes} MB, expected 128 to 10240"
            : Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromSeconds(900)
                ? $"function {Name}: time-out {Timeout.TotalSeconds} s, expected above 0 and at most 900"
            : LogFormat is not ("Text" or "JSON") ? $"function {Name}: log format '{LogFormat}', expected Text or JSON"
            : null;
    }
}
