namespace AotRecTrainer.LocalLambda.Functions;

/// <summary>What the service keeps about a function and tells again, without acting on it.</summary>
internal sealed record FunctionMetadata
{
    public string Role { get; init; } = "arn:aws:iam::000000000000:role/local";

    public string Description { get; init; } = "";

    /// <summary>The runtime of a function that came as a zip file; null for one that is a program here.</summary>
    public string? Runtime { get; init; }

    public long CodeSize { get; init; }

    /// <summary>SHA-256 of the zip file, base64; empty for a program here.</summary>
    public string CodeSha256 { get; init; } = "";

    public DateTimeOffset LastModified { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Changes with every change.</summary>
    public string RevisionId { get; init; } = Guid.NewGuid().ToString();
}
