using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>The JSON of an error: what a function reports, and (less stack and cause) what the Runtime API itself answers.</summary>
internal sealed record ErrorBody
{
    /// <summary>The kind of error.</summary>
    public string? ErrorType { get; init; }

    /// <summary>What went wrong.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>One frame per entry, innermost first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? StackTrace { get; init; }

    /// <summary>The error underneath.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorBody? Cause { get; init; }
}
