using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Local;

/// <summary>The local stand-in with the one function that this product has.</summary>
internal static class LocalFunctions
{
    public const string FunctionName = "aotrec";

    /// <summary>Starts the stand-in on a port, 0 for a free one; it ends, with every process it started, when disposed.</summary>
    /// <exception cref="CliException">The port is taken, or an option is out of range.</exception>
    public static Task<LocalLambdaServer> StartAsync(
        FunctionDefinition function, TextWriter log, CancellationToken cancellationToken, int port = 0) =>
        StartAsync(new LocalLambdaOptions { Port = port, Log = log, Functions = [function] }, cancellationToken);

    /// <summary>Starts the stand-in; it ends, with every process it started, when disposed.</summary>
    /// <exception cref="CliException">The port is taken, or an option is out of range.</exception>
    public static async Task<LocalLambdaServer> StartAsync(LocalLambdaOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalLambdaServer.StartAsync(options, cancellationToken);
        }
        catch (ArgumentException problem)
        {
            throw new CliException(Locations.WithoutParameter(problem), ExitCode.WrongInput, problem);
        }
        catch (IOException problem)
        {
            throw new CliException($"cannot listen on port {options.Port} of 127.0.0.1: {problem.Message}", ExitCode.Failed, problem);
        }
    }

    /// <summary>How the stand-in is called; it checks no signatures, so that no credentials are needed on a laptop.</summary>
    public static LambdaInvokerOptions InvokerOptions(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        Region = "us-east-1",
        Credentials = _ => ValueTask.FromResult(new SigV4Credentials("local", "local", null)),
    };
}
