using System.Runtime.InteropServices;

namespace AotRecTrainer.Storage;

/// <summary>
/// Requests made through one store: the basis of a run's storage cost. A request is counted when it is sent, whatever comes of it;
/// repetitions inside the S3 client are not seen.
/// </summary>
/// <param name="Put">Objects written: puts, creations and replacements, also those that found the key taken or changed.</param>
/// <param name="Get">Objects, ranges and lengths read, also of missing keys.</param>
/// <param name="List">Pages of keys (up to 1,000 keys each) for S3; listings for a directory.</param>
/// <param name="Delete">Deletions.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RequestCounts(long Put, long Get, long List, long Delete)
{
    /// <summary>The sum of two counts, kind by kind.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static RequestCounts operator +(RequestCounts left, RequestCounts right) => Add(left, right);

    /// <summary>The sum of two counts, kind by kind.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static RequestCounts Add(RequestCounts left, RequestCounts right) =>
        new(left.Put + right.Put, left.Get + right.Get, left.List + right.List, left.Delete + right.Delete);
}
