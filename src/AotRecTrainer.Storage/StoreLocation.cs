namespace AotRecTrainer.Storage;

/// <summary>Writes locations as URIs that <see cref="ObjectStores.Open(string)"/> reads back.</summary>
internal static class StoreLocation
{
    public static Uri OfDirectory(string fullPath)
    {
        string path = fullPath.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\');
        return new Uri("file://" + (path.StartsWith('/') ? "" : "/") + Escape(path));
    }

    public static Uri OfBucket(string bucket, string prefix) => new($"s3://{bucket}/{Escape(prefix)}");

    // Uri's own escaping of paths leaves '%', '?' and '#' to chance.
    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
