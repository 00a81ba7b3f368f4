using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage;

/// <summary>
/// Objects in a bucket of S3, or of a server that speaks its protocol, below a prefix.
/// </summary>
/// <remarks>
/// <para>
/// Endpoint, region and credentials come from the AWS SDK's own variables and files (<c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c>,
/// <c>AWS_REGION</c>, the standard credential chain). With an endpoint from these two variables the bucket is addressed by path.
/// </para>
/// <para>
/// The client repeats requests that fail in passing, except creations and replacements: repeated, one can find its own object and
/// report the key as taken or changed. The version of an object is its ETag. Without permission to list the bucket, S3 answers 403 for missing objects, which is a <see cref="StorageException"/> here.
/// </para>
/// </remarks>
public sealed class S3ObjectStore : IObjectStore
{
    // 409 ConditionalRequestConflict: another write of the key was under way. S3 asks for another try.
    private const int ConflictAttempts = 5;

    private readonly string _bucket;
    private readonly string _keyStart;
    private readonly Lazy<AmazonS3Client> _client = new(() => S3Clients.Create(repeat: true));
    private readonly Lazy<AmazonS3Client> _conditionalClient = new(() => S3Clients.Create(repeat: false));
    private readonly RequestCounter _requests = new();
    private volatile bool _disposed;

    /// <summary>Names a bucket and a prefix; nothing is contacted before the first request.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">Where keys begin, without a slash at the end; empty for the bucket itself.</param>
    /// <exception cref="ArgumentException">Not a bucket's name, or not a prefix that <see cref="ObjectKey.Validate"/> accepts.</exception>
    public S3ObjectStore(string bucket, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        if (FindProblem(bucket, prefix) is string problem)
            throw new ArgumentException(problem, IsBucketName(bucket) ? nameof(prefix) : nameof(bucket));
        _bucket = bucket;
        _keyStart = prefix.Length == 0 ? "" : prefix + "/";
        Location = StoreLocation.OfBucket(bucket, prefix);
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
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) => ReadAsync(key, range: null, ct);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        // A range of no bytes cannot be asked for; whether the object exists can.
        if (length == 0)
            return await GetLengthAsync(key, ct) is null ? null : [];
        long last = offset > long.MaxValue - length ? long.MaxValue : offset + length - 1;
        return await ReadAsync(key, new ByteRange(offset, last), ct);
    }

    /// <inheritdoc/>
    public async ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default)
    {
        string full = Begin(key, ct);
        _requests.CountGet();
        try
        {
            GetObjectMetadataRequest request = new() { BucketName = _bucket, Key = full };
            return (await _client.Value.GetObjectMetadataAsync(request, ct)).ContentLength;
        }
        catch (AmazonS3Exception e) when (IsMissingObject(e))
        {
            return null;
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            throw Failure("get", key, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        string full = Begin(key, ct);
        _requests.CountPut();
        try
        {
            await _client.Value.PutObjectAsync(NewPut(full, content), ct);
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            throw Failure("put", key, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        TryPutAsync("create", key, content, request => request.IfNoneMatch = "*", ct);

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) =>
        await ReadVersionedAsync(key, range: null, ct);

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return TryPutAsync("replace", key, content, request => request.IfMatch = version, ct);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken ct = default)
    {
        string full = Begin(key, ct);
        _requests.CountDelete();
        try
        {
            await _client.Value.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _bucket, Key = full }, ct);
        }
        catch (AmazonS3Exception e) when (IsMissingObject(e))
        {
            // S3 itself says 204; some servers do not.
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            throw Failure("delete", key, e);
        }
    }

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

    /// <summary>Closes the client; requests under way fail.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_client.IsValueCreated)
            _client.Value.Dispose();
        if (_conditionalClient.IsValueCreated)
            _conditionalClient.Value.Dispose();
    }

    /// <summary>What keeps a bucket and prefix from being a store's; <see langword="null"/> when nothing does.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">The prefix.</param>
    internal static string? FindProblem(string bucket, string prefix)
    {
        if (!IsBucketName(bucket))
            return $"'{bucket}' is not a bucket's name (3 to 63 lower-case letters, digits, '.' or '-')";
        return prefix.Length != 0 && ObjectKey.FindProblem(prefix) is string problem ? $"prefix '{prefix}' {problem}" : null;
    }

    private static bool IsBucketName(string bucket) =>
        bucket.Length is >= 3 and <= 63
        && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
        && char.IsAsciiLetterOrDigit(bucket[0]) && char.IsAsciiLetterOrDigit(bucket[^1])
        && !bucket.Contains("..", StringComparison.Ordinal);

    // HEAD answers carry no body, so that a missing bucket cannot be told from a missing object there.
    private static bool IsMissingObject(AmazonS3Exception e) =>
        e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket";

    // The caller's own cancellation is not the store's trouble; the client's time-outs are, whatever they derive from.
    private static bool IsTrouble(Exception e, CancellationToken ct) =>
        e is not (StorageException or ObjectDisposedException) && !(e is OperationCanceledException && ct.IsCancellationRequested);

    private static string Describe(Exception e)
    {
        if (e is AmazonS3Exception { ErrorCode.Length: > 0 } s3)
            return $"{(int)s3.StatusCode} {s3.ErrorCode}: {s3.Message}";

        // The SDK speaks of its own types and of every place it looked at; the user needs to know what to set.
        if (e.Message.StartsWith("No RegionEndpoint", StringComparison.Ordinal))
            return "no region is set; set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server of your own";
        if (e.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal))
            return "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        string inner = e.InnerException is Exception cause && !e.Message.Contains(cause.Message, StringComparison.Ordinal)
            ? $" ({cause.Message})" : "";
        return e.Message + inner;
    }

    // Without a copy where the memory is an array's, which it nearly always is.
    private static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

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

    private StorageException Failure(string operation, string key, Exception e) => new(operation, key, Location, Describe(e), e);

    // Plain bodies: the SDK's chunked encoding only serves streams that cannot be read twice, and not every server knows it.
    private PutObjectRequest NewPut(string full, ReadOnlyMemory<byte> content) => new()
    {
        BucketName = _bucket,
        Key = full,
        InputStream = AsStream(content),
        AutoCloseStream = true,
        UseChunkEncoding = false,
        TagSet = IsTransient(full[_keyStart.Length..]) ? [new Tag { Key = "aotrec", Value = "transient" }] : null,
    };

    private async ValueTask<bool> TryPutAsync(
        string operation, string key, ReadOnlyMemory<byte> content, Action<PutObjectRequest> condition, CancellationToken ct)
    {
        string full = Begin(key, ct);
        for (int attempt = 1; ; attempt++)
        {
            _requests.CountPut();
            try
            {
                PutObjectRequest request = NewPut(full, content);
                condition(request);
                await _conditionalClient.Value.PutObjectAsync(request, ct);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed || (operation == "replace" && IsMissingObject(e)))
            {
                return false;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && attempt < ConflictAttempts)
            {
                await Task.Delay(Random.Shared.Next(10, 50) * attempt, ct);
            }
            catch (Exception e) when (IsTrouble(e, ct))
            {
                throw Failure(operation, key, e);
            }
        }
    }

    private async ValueTask<byte[]?> ReadAsync(string key, ByteRange? range, CancellationToken ct) =>
        (await ReadVersionedAsync(key, range, ct))?.Content;

    private async ValueTask<StoredObject?> ReadVersionedAsync(string key, ByteRange? range, CancellationToken ct)
    {
        string full = Begin(key, ct);
        _requests.CountGet();
        try
        {
            GetObjectRequest request = new() { BucketName = _bucket, Key = full, ByteRange = range };
            using GetObjectResponse response = await _client.Value.GetObjectAsync(request, ct);
            if (response.ContentLength > Array.MaxLength)
                throw new StorageException("get", key, Location, $"{response.ContentLength} bytes do not fit an array");
            if (range is not null && response.ContentLength > range.End - range.Start + 1)
                throw new StorageException("get", key, Location, "the server answers a range with more than the range");
            byte[] content = GC.AllocateUninitializedArray<byte>((int)response.ContentLength);
            await response.ResponseStream.ReadExactlyAsync(content, ct);
            return new StoredObject(content, response.ETag);
        }
        catch (AmazonS3Exception e) when (IsMissingObject(e))
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && range is not null)
        {
            return new StoredObject([], "");
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            throw Failure("get", key, e);
        }
    }

    private async ValueTask<ListObjectsV2Response> ListPageAsync(string prefix, string? continuation, CancellationToken ct)
    {
        _requests.CountList();
        try
        {
            ListObjectsV2Request request = new() { BucketName = _bucket, Prefix = _keyStart + prefix, ContinuationToken = continuation };
            return await _client.Value.ListObjectsV2Async(request, ct);
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            throw Failure("list", prefix, e);
        }
    }
}
