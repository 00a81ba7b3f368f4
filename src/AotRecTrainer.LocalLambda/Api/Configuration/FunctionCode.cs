namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>Where a function's program comes from: a zip file, or a program on this machine in place of an image.</summary>
internal sealed record FunctionCode
{
    public byte[]? ZipFile { get; init; }

    /// <summary>A path or <c>file:</c> URI of the program.</summary>
    public string? ImageUri { get; init; }

    public string? RepositoryType { get; init; }

    public string? Location { get; init; }
}
