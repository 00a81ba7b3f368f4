using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <content>Writes: as they come, and on a condition.</content>
public sealed partial class S3ObjectStore
{
    // A note with every conditional write: it tells a write of our own, whose answer was lost, from somebody else's.
    private const string WriteNote = "aotrec-write";

    /// <inheritdoc/>
    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        string full = Begin(key, ct);
        if (content.Length >= Transfer.LargeBytes)
        {
            await new MultipartUpload(_client.Value, _sender, _bucket, full, key, TagsOf(key)).SendAsync(content, ct);
            return;
        }

        string checksum = Crc32C.Header(content.Span);
        await _sender.SendAsync("put", key, content.Length, PutOnceAsync, ct);

        async ValueTask<bool> PutOnceAsync(Attempt attempt)
        {
            await _client.Value.PutObjectAsync(NewPut(full, content, checksum), attempt.Token);
            return true;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        TryPutAsync("create", key, content, version: null, ct);

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return TryPutAsync("replace", key, content, version, ct);
    }

    // Plain bodies: the SDK's chunked encoding only serves streams that cannot be read twice, and not every server knows it.
    private PutObjectRequest NewPut(string full, ReadOnlyMemory<byte> content, string checksum) => new()
    {
        BucketName = _bucket,
        Key = full,
        InputStream = Transfer.AsStream(content),
        AutoCloseStream = true,
        UseChunkEncoding = false,
        ChecksumCRC32C = checksum,
        TagSet = TagsOf(full[_keyStart.Length..]),
    };

    private List<Tag>? TagsOf(string key) => IsTransient(key) ? [new Tag { Key = "aotrec", Value = "transient" }] : null;

    // In one request whatever its size: the condition then holds for the very moment of the write.
    private async ValueTask<bool> TryPutAsync(
        string operation, string key, ReadOnlyMemory<byte> content, string? version, CancellationToken ct)
    {
        string full = Begin(key, ct);
        string checksum = Crc32C.Header(content.Span);
        string note = $"{Guid.NewGuid():N}";
        return await _sender.SendAsync(operation, key, content.Length, PutOnceAsync, ct);

        async ValueTask<bool> PutOnceAsync(Attempt attempt)
        {
            PutObjectRequest request = NewPut(full, content, checksum);
            request.Metadata[WriteNote] = note;
            if (version is null)
                request.IfNoneMatch = "*";
            else
                request.IfMatch = version;
            try
            {
                await _client.Value.PutObjectAsync(request, attempt.Token);
                return true;
            }
            catch (AmazonS3Exception e)
                when (e.StatusCode == HttpStatusCode.PreconditionFailed || (version is not null && Faults.IsMissing(e)))
            {
                return attempt.MaybeDone && await WasOursAsync(operation, key, full, note, attempt);
            }
        }
    }

    // An attempt before this one was not answered. Had it written, its note is on the object, unless somebody has written since.
    private async ValueTask<bool> WasOursAsync(string operation, string key, string full, string note, Attempt attempt)
    {
        GetObjectMetadataResponse? found = await HeadOnceAsync(full, attempt);
        if (found?.Metadata[WriteNote] == note)
            return true;
        return found is not null && operation == "create"
            ? false
            : throw new StorageException(operation, key, Location, "an attempt was not answered and others have written since; whether it was carried out is unknown");
    }
}
