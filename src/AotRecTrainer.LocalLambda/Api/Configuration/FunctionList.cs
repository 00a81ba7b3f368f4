namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>The answer to ListFunctions: a page, and where the next one begins.</summary>
internal sealed record FunctionList(IReadOnlyList<FunctionConfiguration> Functions, string? NextMarker);
