namespace AotRecTrainer.LocalLambda.Api;

/// <summary>A function as callers name it.</summary>
/// <param name="Name">Its name; empty when what was given has none of the known forms.</param>
/// <param name="Version">The version or alias asked for; empty when none was.</param>
internal readonly record struct FunctionReference(string Name, string Version)
{
    /// <summary>Reads a name, a partial ARN (<c>account:function:name</c>) or an ARN, each with or without a version after it.</summary>
    public static FunctionReference Parse(string given)
    {
        string[] parts = given.Split(':');
        int start = parts is ["arn", _, "lambda", _, _, "function", ..] ? 6 : parts is [_, "function", ..] ? 2 : 0;
        return (parts.Length - start) switch
        {
            1 => new(parts[start], ""),
            2 => new(parts[start], parts[start + 1]),
            _ => new("", ""),
        };
    }
}
