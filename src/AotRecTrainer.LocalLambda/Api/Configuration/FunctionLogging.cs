namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>How a function is asked to log.</summary>
internal sealed record FunctionLogging
{
    public string? LogFormat { get; init; }

    public string? ApplicationLogLevel { get; init; }

    public string? LogGroup { get; init; }
}
