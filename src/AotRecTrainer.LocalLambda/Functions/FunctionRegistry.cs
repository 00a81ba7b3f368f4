using System.Collections.Concurrent;
using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Environments;

namespace AotRecTrainer.LocalLambda.Functions;

/// <summary>The functions that the server offers. Thread-safe.</summary>
internal sealed class FunctionRegistry(ServerContext context)
{
    private const string Account = "000000000000";

    private readonly ConcurrentDictionary<string, RegisteredFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>The functions by name.</summary>
    public IEnumerable<RegisteredFunction> All => _functions.Values.OrderBy(function => function.Definition.Name, StringComparer.Ordinal);

    public string ArnOf(string name) => $"arn:aws:lambda:{context.Options.Region}:{Account}:function:{name}";

    /// <summary>The function of a name, a partial ARN or an ARN, each with or without a version.</summary>
    /// <param name="given">What the caller wrote in the path.</param>
    /// <param name="qualifier">What it wrote in the query; empty when nothing.</param>
    /// <exception cref="ServiceException">There is none, or not in that version.</exception>
    public RegisteredFunction Find(string given, string qualifier)
    {
        (string name, string version) = FunctionReference.Parse(given);
        bool isKnownVersion = version is "" or "$LATEST" && qualifier is "" or "$LATEST";
        if (isKnownVersion && _functions.TryGetValue(name, out RegisteredFunction? function))
            return function;
        string asked = qualifier.Length > 0 ? qualifier : version;
        string arn = ArnOf(name.Length > 0 ? name : given);
        throw new ServiceException(404, "ResourceNotFoundException", $"Function not found: {arn}{(asked.Length > 0 ? ":" + asked : "")}");
    }

    /// <summary>Adds a function.</summary>
    /// <exception cref="ServiceException">There is one of that name.</exception>
    public RegisteredFunction Add(FunctionDefinition definition, FunctionMetadata metadata)
    {
        var function = new RegisteredFunction(new FunctionPool(definition, context), metadata);
        return _functions.TryAdd(definition.Name, function)
            ? function
            : throw new ServiceException(409, "ResourceConflictException", $"Function already exist: {definition.Name}");
    }

    /// <summary>Puts a changed function in the place of the one it was made from, whose environments end when they have answered.</summary>
    /// <exception cref="ServiceException">Somebody else changed it meanwhile.</exception>
    public RegisteredFunction Replace(RegisteredFunction old, FunctionDefinition definition, FunctionMetadata metadata)
    {
        var function = new RegisteredFunction(new FunctionPool(definition, context), metadata);
        if (!_functions.TryUpdate(definition.Name, function, old))
        {
            throw new ServiceException(
                409, "ResourceConflictException", $"An update is in progress for resource: {ArnOf(definition.Name)}");
        }

        old.Pool.Retire();
        return function;
    }

    /// <summary>Takes a function away; its environments end when they have answered.</summary>
    public void Remove(RegisteredFunction function)
    {
        if (_functions.TryRemove(KeyValuePair.Create(function.Definition.Name, function)))
            function.Pool.Retire();
    }
}
