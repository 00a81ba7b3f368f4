using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Local;

/// <summary>The local stand-in with the one function that this product has.</summary>
internal static class LocalFunctions
{
    public const string FunctionName = "aotrec";

    /// <summary>Starts the stand-in; it ends, with every process it started, when disposed.</summary>
    public static Task<LocalLambdaServer> StartAsync(string? bootstrap, int port, int memoryMegabytes, TextWriter log, CancellationToken cancellationToken)
    {
        FunctionDefinition function = new()
        {
            Name = FunctionName,
            Executable = FindBootstrap(bootstrap),
            MemoryMegabytes = memoryMegabytes,
        };
        return LocalLambdaServer.StartAsync(new LocalLambdaOptions { Port = port, Log = log, Functions = [function] }, cancellationToken);
    }

    /// <summary>How the stand-in is called; it checks no signatures, so that no credentials are needed on a laptop.</summary>
    public static LambdaInvokerOptions InvokerOptions(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        Region = "us-east-1",
        Credentials = _ => ValueTask.FromResult(new SigV4Credentials("local", "local", null)),
    };

    private static string FindBootstrap(string? given)
    {
        string path = Path.GetFullPath(given ?? Path.Combine(AppContext.BaseDirectory, "bootstrap"));
        return File.Exists(path) ? path : throw new CliException($"no function executable at {path}; build it with scripts/publish.sh or name it with --bootstrap", 2);
    }
}
