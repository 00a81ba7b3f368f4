namespace AotRecTrainer.Lambda.Invoke;

/// <summary>The parts of an HTTP request that a signature covers.</summary>
public sealed record SigV4Request
{
    /// <summary>The HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path as it goes over the wire, percent-escapes and all; the signer escapes it once more, as AWS does.</summary>
    public required string Path { get; init; }

    /// <summary>The query's parameters, not escaped, in any order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The headers to sign, which must include <c>host</c> and <c>x-amz-date</c>; names may repeat.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
