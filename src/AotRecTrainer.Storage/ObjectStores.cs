namespace AotRecTrainer.Storage;

/// <summary>Opens stores by location.</summary>
public static class ObjectStores
{
    private const string S3Scheme = "s3://";
    private const string FileScheme = "file://";

    /// <summary>
    /// Opens <c>s3://bucket</c>, <c>s3://bucket/prefix</c>, <c>file:///dir</c> (percent escapes are decoded in both) or a plain path of a
    /// directory. Nothing is contacted or created yet: a directory comes to be with its first object, and the S3 client with the first
    /// request, which takes its endpoint, region and credentials from the AWS SDK's own variables.
    /// </summary>
    /// <param name="location">The location.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Not such a location; the message is one line fit for a user.</exception>
    public static IObjectStore Open(string location) => Open(location, static _ => false);

    /// <summary>Opens a location as <see cref="Open(string)"/> does.</summary>
    /// <param name="location">The location.</param>
    /// <param name="isTransient">Says of a key in S3 whether its object is tagged, as <see cref="S3ObjectStore.IsTransient"/> has it.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Not such a location; the message is one line fit for a user.</exception>
    public static IObjectStore Open(string location, Func<string, bool> isTransient)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (string.IsNullOrWhiteSpace(location))
            throw Refuse(location, "is empty");
        if (location.Contains('\0', StringComparison.Ordinal))
            throw Refuse(location.Replace('\0', '?'), "holds a null character");
        if (location.StartsWith(S3Scheme, StringComparison.OrdinalIgnoreCase))
            return OpenS3(location, isTransient);
        if (location.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
            return OpenFile(location);
        int colon = location.IndexOf("://", StringComparison.Ordinal);
        if (colon >= 0)
            throw Refuse(location, $"scheme '{location[..colon]}' is not known");

        // "s3:bucket" and "file:/dir" are slips, hardly directories of such a name.
        if (location.StartsWith("s3:", StringComparison.OrdinalIgnoreCase) || location.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw Refuse(location, "lacks '//' after the scheme");
        return new DirectoryObjectStore(location);
    }

    private static DirectoryObjectStore OpenFile(string location)
    {
        string path = location[FileScheme.Length..];
        const string Localhost = "localhost/";
        if (path.StartsWith(Localhost, StringComparison.OrdinalIgnoreCase))
            path = path[(Localhost.Length - 1)..];
        if (!path.StartsWith('/'))
            throw Refuse(location, "does not name an absolute directory of this machine");
        string decoded = Decode(location, path);
        if (OperatingSystem.IsWindows())
            decoded = decoded.TrimStart('/');
        return new DirectoryObjectStore(decoded);
    }

    private static S3ObjectStore OpenS3(string location, Func<string, bool> isTransient)
    {
        string rest = location[S3Scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? rest : rest[..slash];
        string prefix = slash < 0 ? "" : Decode(location, rest[(slash + 1)..]);
        if (prefix.EndsWith('/'))
            prefix = prefix[..^1];
        return S3ObjectStore.FindProblem(bucket, prefix) is string problem
            ? throw Refuse(location, problem)
            : new S3ObjectStore(bucket, prefix) { IsTransient = isTransient };
    }

    private static string Decode(string location, string path)
    {
        if (path.AsSpan().IndexOfAny('?', '#') >= 0)
            throw Refuse(location, "has a query or fragment; write '?' as %3F and '#' as %23");
        string decoded = Uri.UnescapeDataString(path);
        return decoded.Contains('\0', StringComparison.Ordinal) ? throw Refuse(location, "holds a null character") : decoded;
    }

    // No parameter's name: it would stand behind a message that a user reads.
    private static ArgumentException Refuse(string location, string problem) =>
        new($"Location '{location}': {problem}; expected s3://bucket/prefix, file:///dir or the path of a directory.", paramName: null);
}
