using AotRecTrainer.Cli.Local;
using AotRecTrainer.Lambda.Invoke;

namespace AotRecTrainer.Cli.Remote;

/// <summary>Functions behind an endpoint: AWS Lambda's own, or a stand-in that somebody left running.</summary>
internal static class RemoteFunctions
{
    /// <summary>
    /// How they are called: a stand-in on this machine without credentials, anything else with the region and the credentials that the
    /// environment has.
    /// </summary>
    /// <exception cref="CliException">It is no address, or no region is set.</exception>
    public static LambdaInvokerOptions InvokerOptions(string endpoint)
    {
        if (Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.IsLoopback)
            return LocalFunctions.InvokerOptions(address);
        try
        {
            return LambdaInvokerOptions.From(
                name => name == LambdaInvokerOptions.EndpointVariable ? endpoint : Environment.GetEnvironmentVariable(name));
        }
        catch (ArgumentException problem)
        {
            throw new CliException(Locations.WithoutParameter(problem), ExitCode.WrongInput, problem);
        }
    }
}
