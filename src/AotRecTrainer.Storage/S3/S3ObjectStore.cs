using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <summary>
/// Objects in a bucket of S3, or of a server that speaks its protocol, below a prefix.
/// </summary>
/// <remarks>
/// <para>
/// Endpoint, region and credentials come from the AWS SDK's own variables and files (<c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c>,
/// <c>AWS_REGION</c>, the standard credential chain). With an endpoint from these two variables the bucket is addressed by path.
/// </para>
/// <para>
/// Requests that fail in passing are repeated, with random waits and within limits; every repetition is counted. Large objects go in parts,
/// several at a time. What is written carries a checksum that S3 verifies, and what is read is held against the one that S3 has. The version
/// of an object is its ETag. Who may not list the whole bucket is answered 403 for missing objects; it is enough to be allowed to list the
/// prefix, for then a listing tells them apart. Without any such permission a missing object is a <see cref="StorageException"/>.
/// </para>
/// </remarks>
public sealed partial class S3ObjectStore : IObjectStore
{
    private readonly string _bucket;
    private readonly string _keyStart;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly RetryingSender _sender;
    private readonly RequestCounter _requests = new();
    private volatile bool _disposed;

    /// <summary>Names a bucket and a prefix; nothing is contacted before the first request.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">Where keys begin, without a slash at the end; empty for the bucket itself.</param>
    /// <exception cref="ArgumentException">Not a bucket's name, or not a prefix that <see cref="ObjectKey.Validate"/> accepts.</exception>
    public S3ObjectStore(string bucket, string prefix = "")
        : this(bucket, prefix, new RetryLimits())
    {
    }

    /// <summary>As the other, with limits of a test's own.</summary>
    internal S3ObjectStore(string bucket, string prefix, RetryLimits limits)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        if (S3Names.FindProblem(bucket, prefix) is string problem)
            throw new ArgumentException(problem, S3Names.IsBucket(bucket) ? nameof(prefix) : nameof(bucket));
        _bucket = bucket;
        _keyStart = prefix.Length == 0 ? "" : prefix + "/";
        Location = StoreLocation.OfBucket(bucket, prefix);
        _client = new Lazy<AmazonS3Client>(() => S3Clients.Create(_requests));
        _sender = new RetryingSender(Location, limits, TimeProvider.System, Random.Shared.NextDouble);
    }

    /// <summary>
    /// Says of a key whether its object is tagged <c>aotrec=transient</c>, for a life-cycle rule to find: its key may begin with anything, and
    /// rules can look at beginnings and tags only. None is by default, since directory buckets refuse tags.
    /// </summary>
    public Func<string, bool> IsTransient { get; init; } = static _ => false;

    /// <inheritdoc/>
    public Uri Location { get; }

    /// <inheritdoc/>
    public RequestCounts Requests => _requests.Snapshot;

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken ct = default)
    {
        DeleteObjectRequest request = new() { BucketName = _bucket, Key = Begin(key, ct) };
        await _sender.SendAsync("delete", key, bytes: 0, DeleteOnceAsync, ct);

        async ValueTask<bool> DeleteOnceAsync(Attempt attempt)
        {
            try
            {
                await _client.Value.DeleteObjectAsync(request, attempt.Token);
                return true;
            }
            catch (AmazonS3Exception e) when (Faults.IsMissing(e))
            {
                // S3 itself says 204; some servers do not.
                return false;
            }
        }
    }

    /// <summary>Closes the client; requests under way fail.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private string Begin(string key, CancellationToken ct)
    {
        ObjectKey.Validate(key);
        string full = _keyStart + key;
        int bytes = Encoding.UTF8.GetByteCount(full);
        if (bytes > ObjectKey.MaxBytes)
            throw new ArgumentException($"Object key of {bytes} bytes with the prefix, expected at most {ObjectKey.MaxBytes}.", nameof(key));
        ObjectDisposedException.ThrowIf(_disposed, this);
        ct.ThrowIfCancellationRequested();
        return full;
    }
}
