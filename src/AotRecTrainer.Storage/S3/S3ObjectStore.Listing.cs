using System.Runtime.CompilerServices;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <content>Pages of keys.</content>
public sealed partial class S3ObjectStore
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ct.ThrowIfCancellationRequested();
        List<string> keys = [];
        string? next = null;
        do
        {
            ListObjectsV2Response page = await ListPageAsync(prefix, next, ct);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                // What others put there under names that are no keys here ("dir/" markers) cannot be asked for, so it is not listed.
                if (found.Key.StartsWith(_keyStart, StringComparison.Ordinal) && ObjectKey.IsValid(found.Key[_keyStart.Length..]))
                    keys.Add(found.Key[_keyStart.Length..]);
            }

            string? following = page.IsTruncated == true ? page.NextContinuationToken : null;
            if (following is null ? page.IsTruncated == true : following == next)
                throw new StorageException("list", prefix, Location, "a page says that there are more keys, but not where they continue");
            next = following;
        }
        while (next is not null);

        // S3 sorts by UTF-8 bytes, which is another order than ordinal beyond the basic plane; directory buckets do not sort at all.
        keys.Sort(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            ct.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    private ValueTask<ListObjectsV2Response> ListPageAsync(string prefix, string? continuation, CancellationToken ct)
    {
        ListObjectsV2Request request = new() { BucketName = _bucket, Prefix = _keyStart + prefix, ContinuationToken = continuation };
        return _sender.SendAsync(
            "list", prefix, bytes: 0, async attempt => await _client.Value.ListObjectsV2Async(request, attempt.Token), ct);
    }
}
