using AotRecTrainer.LocalLambda.Environments;

namespace AotRecTrainer.LocalLambda.Functions;

/// <summary>A function as it is now; a change makes a new one, with environments of its own.</summary>
internal sealed record RegisteredFunction(FunctionPool Pool, FunctionMetadata Metadata)
{
    public FunctionDefinition Definition => Pool.Function;
}
