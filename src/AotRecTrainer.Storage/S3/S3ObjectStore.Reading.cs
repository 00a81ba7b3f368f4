using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <content>Reads: in one request, or where there is much to read, in several at a time.</content>
public sealed partial class S3ObjectStore
{
    // An object that is replaced while its parts are read is read anew.
    private const int ReadingsMax = 3;

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) =>
        (await ReadAsync(key, offset: 0, range: null, ct))?.Content;

    /// <inheritdoc/>
    public ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) => ReadAsync(key, offset: 0, range: null, ct);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        // A range of no bytes cannot be asked for; whether the object exists can.
        if (length == 0)
            return await GetLengthAsync(key, ct) is null ? null : [];
        long last = offset > long.MaxValue - length ? long.MaxValue : offset + length - 1;
        return (await ReadAsync(key, offset, new ByteRange(offset, last), ct))?.Content;
    }

    /// <inheritdoc/>
    public async ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default)
    {
        string full = Begin(key, ct);
        return (await _sender.SendAsync("get", key, bytes: 0, attempt => HeadOnceAsync(full, attempt), ct))?.ContentLength;
    }

    private async ValueTask<GetObjectMetadataResponse?> HeadOnceAsync(string full, Attempt attempt, bool isFirst = true)
    {
        try
        {
            GetObjectMetadataRequest request = new() { BucketName = _bucket, Key = full };
            return await _client.Value.GetObjectMetadataAsync(request, attempt.Token);
        }
        catch (AmazonS3Exception e) when (Faults.IsMissing(e))
        {
            return null;
        }
        catch (AmazonS3Exception e) when (isFirst && Faults.IsForbidden(e))
        {
            if (await IsListedAsync(full, attempt) is not { } isListed) throw;
            return isListed ? await HeadOnceAsync(full, attempt, isFirst: false) : null;
        }
    }

    /// <summary>
    /// Whether a key is there that S3 says is forbidden. It says so of missing keys too, unless the whole bucket may be listed; where only
    /// prefixes may, this listing is allowed. Null: it is not. A key that is listed may have been written since, and is to be read again.
    /// </summary>
    private async ValueTask<bool?> IsListedAsync(string full, Attempt attempt)
    {
        try
        {
            ListObjectsV2Request request = new() { BucketName = _bucket, Prefix = full };
            ListObjectsV2Response page = await _client.Value.ListObjectsV2Async(request, attempt.Token);
            return page.S3Objects?.Exists(found => found.Key == full) ?? false;
        }
        catch (AmazonS3Exception e) when (Faults.Classify(e) == Fault.Lasting)
        {
            return null;
        }
    }

    private async ValueTask<StoredObject?> ReadAsync(string key, long offset, ByteRange? range, CancellationToken ct)
    {
        GetObjectRequest request = new() { BucketName = _bucket, Key = Begin(key, ct), ByteRange = range };
        for (int reading = 1; ; reading++)
        {
            Received? received = await _sender.SendAsync("get", key, bytes: 0, attempt => GetOnceAsync(request, attempt), ct);
            if (received is null)
                return null;
            if (await ReadRestAsync(request.Key, key, offset, received, ct))
                return new StoredObject(received.Content, received.Version);
            if (reading == ReadingsMax)
                throw new StorageException("get", key, Location, $"was replaced, or damaged on its way, {ReadingsMax} times while it was read");
        }
    }

    // Whole where it is small; of a large answer the first part, and the connection is given up.
    private async ValueTask<Received?> GetOnceAsync(GetObjectRequest request, Attempt attempt, bool isFirst = true)
    {
        try
        {
            using GetObjectResponse response = await _client.Value.GetObjectAsync(request, attempt.Token);
            int length = CheckLength(request, response.ContentLength);
            Received received = new(length, response);
            attempt.Receive(received.First.Length);
            await response.ResponseStream.ReadExactlyAsync(received.First, attempt.Token);
            return received.IsSmall && received.IsDamaged ? throw new IOException("the content does not have the checksum that was sent with it") : received;
        }
        catch (AmazonS3Exception e) when (Faults.IsMissing(e))
        {
            return null;
        }
        catch (AmazonS3Exception e) when (isFirst && Faults.IsForbidden(e))
        {
            if (await IsListedAsync(request.Key, attempt) is not { } isListed) throw;
            return isListed ? await GetOnceAsync(request, attempt, isFirst: false) : null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && request.ByteRange is not null)
        {
            return Received.Nothing;
        }
    }

    private int CheckLength(GetObjectRequest request, long length)
    {
        string key = request.Key[_keyStart.Length..];
        if (length > Array.MaxLength)
            throw new StorageException("get", key, Location, $"{length} bytes do not fit an array");
        if (request.ByteRange is { } range && length > range.End - range.Start + 1)
            throw new StorageException("get", key, Location, "the server answers a range with more than the range");
        return (int)length;
    }

    // False: by now there is another object at the key, or the whole does not have its checksum.
    private async ValueTask<bool> ReadRestAsync(string full, string key, long offset, Received received, CancellationToken ct)
    {
        int length = received.Content.Length;
        if (received.IsSmall)
            return true;
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = Transfer.Parallelism, CancellationToken = ct };
            await Parallel.ForAsync(1, Transfer.Parts(length), options, async (part, token) =>
            {
                Memory<byte> place = received.Content.AsMemory(Transfer.Part(part, length));
                long start = offset + ((long)part * Transfer.PartBytes);
                GetObjectRequest request = new()
                {
                    BucketName = _bucket,
                    Key = full,
                    EtagToMatch = received.Version,
                    ByteRange = new ByteRange(start, start + place.Length - 1),
                };
                await _sender.SendAsync("get", key, bytes: 0, attempt => GetPartOnceAsync(request, place, attempt), token);
            });
            return !received.IsDamaged;
        }
        catch (StorageException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound })
        {
            return false;
        }
    }

    private async ValueTask<bool> GetPartOnceAsync(GetObjectRequest request, Memory<byte> place, Attempt attempt)
    {
        using GetObjectResponse response = await _client.Value.GetObjectAsync(request, attempt.Token);
        if (response.ContentLength != place.Length)
            throw new IOException($"the server answers a range of {place.Length} bytes with {response.ContentLength}");
        attempt.Receive(place.Length);
        await response.ResponseStream.ReadExactlyAsync(place, attempt.Token);
        return true;
    }
}
