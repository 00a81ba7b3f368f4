namespace AotRecTrainer.Lambda.Invoke;

/// <summary>Where and how functions are invoked.</summary>
public sealed record LambdaInvokerOptions
{
    /// <summary>The variable that names another endpoint than the service's own.</summary>
    public const string EndpointVariable = "AWS_ENDPOINT_URL_LAMBDA";

    /// <summary>The variable that does so for every service; the one above wins.</summary>
    public const string CommonEndpointVariable = "AWS_ENDPOINT_URL";

    /// <summary>The service's address, http or https, possibly with a path.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The region requests are signed for.</summary>
    public required string Region { get; init; }

    /// <summary>Gives the credentials for one request; called for each attempt, so it should keep what it found.</summary>
    public required Func<CancellationToken, ValueTask<SigV4Credentials>> Credentials { get; init; }

    /// <summary>How many times a call is tried in all, at least 1.</summary>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; doubles with each further one, and a random part of up to half is taken off.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No attempt starts later than this after the first one.</summary>
    public TimeSpan RetryWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt may take. The default is slightly above the longest a function can run, 900 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(915);

    /// <summary>
    /// Options from the environment: region from AWS_REGION or AWS_DEFAULT_REGION, endpoint from AWS_ENDPOINT_URL_LAMBDA, else
    /// AWS_ENDPOINT_URL, else the service's own in that region, credentials from the chain of the AWS SDK, looked up when the first call is made.
    /// </summary>
    /// <exception cref="ArgumentException">No region is set, or the endpoint is no http address.</exception>
    public static LambdaInvokerOptions FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>As <see cref="FromEnvironment"/>, with the variables taken from elsewhere.</summary>
    /// <param name="variable">Gives a variable's value, null when it is not set.</param>
    /// <exception cref="ArgumentException">No region is set, or the endpoint is no http address.</exception>
    public static LambdaInvokerOptions From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? region = variable("AWS_REGION");
        if (string.IsNullOrEmpty(region))
            region = variable("AWS_DEFAULT_REGION");
        if (string.IsNullOrEmpty(region) || !region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"AWS_REGION is '{region}', expected the region of the functions, such as us-east-1", nameof(variable));

        string name = string.IsNullOrEmpty(variable(EndpointVariable)) ? CommonEndpointVariable : EndpointVariable;
        string? address = variable(name);
        if (string.IsNullOrEmpty(address))
            address = $"https://lambda.{region}.amazonaws.com";
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.Query.Length > 0)
            throw new ArgumentException($"{name} is '{address}', expected an http or https address", nameof(variable));

        return new LambdaInvokerOptions { Endpoint = endpoint, Region = region, Credentials = new DefaultCredentials().GetAsync };
    }
}
