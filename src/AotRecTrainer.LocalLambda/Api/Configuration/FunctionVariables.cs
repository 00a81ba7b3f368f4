namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>The variables of a function.</summary>
internal sealed record FunctionVariables
{
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}
