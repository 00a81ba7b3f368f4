namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>The answer to GetFunction.</summary>
internal sealed record FunctionDescription(FunctionConfiguration Configuration, FunctionCode Code);
