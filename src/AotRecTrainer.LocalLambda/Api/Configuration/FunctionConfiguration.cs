namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>A function as the service describes it; also what callers ask for when they create or change one.</summary>
internal sealed record FunctionConfiguration
{
    public string? FunctionName { get; init; }

    public string? FunctionArn { get; init; }

    public string? Runtime { get; init; }

    public string? Role { get; init; }

    public string? Handler { get; init; }

    /// <summary>The program; only in requests.</summary>
    public FunctionCode? Code { get; init; }

    public long? CodeSize { get; init; }

    public string? Description { get; init; }

    /// <summary>Seconds.</summary>
    public int? Timeout { get; init; }

    /// <summary>Megabytes.</summary>
    public int? MemorySize { get; init; }

    public string? LastModified { get; init; }

    public string? CodeSha256 { get; init; }

    public string? Version { get; init; }

    public FunctionVariables? Environment { get; init; }

    public FunctionLogging? LoggingConfig { get; init; }

    public string? PackageType { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    public string? State { get; init; }

    public string? LastUpdateStatus { get; init; }

    public string? RevisionId { get; init; }
}
