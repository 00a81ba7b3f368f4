namespace AotRecTrainer.Storage.S3;

/// <summary>What may be a bucket and a prefix.</summary>
internal static class S3Names
{
    /// <summary>What keeps a bucket and prefix from being a store's; <see langword="null"/> when nothing does.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">The prefix.</param>
    public static string? FindProblem(string bucket, string prefix)
    {
        if (!IsBucket(bucket))
            return $"'{bucket}' is not a bucket's name (3 to 63 lower-case letters, digits, '.' or '-')";
        return prefix.Length != 0 && ObjectKey.FindProblem(prefix) is string problem ? $"prefix '{prefix}' {problem}" : null;
    }

    /// <summary>Whether S3 takes a name for a bucket.</summary>
    /// <param name="bucket">The name.</param>
    public static bool IsBucket(string bucket) =>
        bucket.Length is >= 3 and <= 63
        && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
        && char.IsAsciiLetterOrDigit(bucket[0]) && char.IsAsciiLetterOrDigit(bucket[^1])
        && !bucket.Contains("..", StringComparison.Ordinal);
}
