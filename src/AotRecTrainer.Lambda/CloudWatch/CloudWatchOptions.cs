using AotRecTrainer.Lambda.Invoke;

namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>Where and how log groups are read.</summary>
public sealed record CloudWatchOptions
{
    /// <summary>The variable that names another endpoint than the service's own.</summary>
    public const string EndpointVariable = "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS";

    /// <summary>The service's address.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The region requests are signed for.</summary>
    public required string Region { get; init; }

    /// <summary>Gives the credentials for one request.</summary>
    public required Func<CancellationToken, ValueTask<SigV4Credentials>> Credentials { get; init; }

    /// <summary>Region and credentials as functions are invoked with; endpoint from the variable above, else AWS_ENDPOINT_URL, else the service's own.</summary>
    /// <param name="variable">Gives an environment variable's value, null when it is not set.</param>
    /// <exception cref="ArgumentException">No region is set, or the endpoint is no http address.</exception>
    public static CloudWatchOptions From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        LambdaInvokerOptions invoker = LambdaInvokerOptions.From(name => name == LambdaInvokerOptions.EndpointVariable ? null : variable(name));
        string? given = variable(EndpointVariable);
        if (string.IsNullOrEmpty(given)) given = variable(LambdaInvokerOptions.CommonEndpointVariable);
        string address = string.IsNullOrEmpty(given) ? $"https://logs.{invoker.Region}.amazonaws.com" : given;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{EndpointVariable} is '{address}', expected an http or https address", nameof(variable));
        return new CloudWatchOptions { Endpoint = endpoint, Region = invoker.Region, Credentials = invoker.Credentials };
    }
}
