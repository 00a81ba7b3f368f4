using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <summary>Writes one large object in parts, several at a time; it appears when all of it is there.</summary>
/// <param name="client">The client.</param>
/// <param name="sender">Repeats what fails in passing, part by part.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="full">The key in the bucket.</param>
/// <param name="key">The key in the store, for messages.</param>
/// <param name="tags">The object's tags, if it has any.</param>
internal sealed class MultipartUpload(
    AmazonS3Client client, RetryingSender sender, string bucket, string full, string key, List<Tag>? tags)
{
    /// <summary>Uploads everything, or leaves nothing: no parts that cost money and that no listing of objects shows.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string upload = await sender.SendAsync("put", key, bytes: 0, InitiateOnceAsync, ct);
        try
        {
            PartETag[] parts = new PartETag[Transfer.Parts(content.Length)];
            ParallelOptions options = new() { MaxDegreeOfParallelism = Transfer.Parallelism, CancellationToken = ct };
            await Parallel.ForAsync(0, parts.Length, options, async (part, token) =>
            {
                ReadOnlyMemory<byte> bytes = content[Transfer.Part(part, content.Length)];
                string checksum = Crc32C.Header(bytes.Span);
                parts[part] = await sender.SendAsync(
                    "put", key, bytes.Length, attempt => UploadOnceAsync(upload, part + 1, bytes, checksum, attempt), token);
            });
            string whole = Crc32C.Header(content.Span);
            await sender.SendAsync("put", key, bytes: 0, attempt => CompleteOnceAsync(upload, parts, whole, attempt), ct);
        }
        catch
        {
            await AbortQuietlyAsync(upload);
            throw;
        }
    }

    private async ValueTask<string> InitiateOnceAsync(Attempt attempt)
    {
        InitiateMultipartUploadRequest request = new()
        {
            BucketName = bucket,
            Key = full,
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32C,
            ChecksumType = ChecksumType.FULL_OBJECT,
            TagSet = tags,
        };
        return (await client.InitiateMultipartUploadAsync(request, attempt.Token)).UploadId;
    }

    private async ValueTask<PartETag> UploadOnceAsync(string upload, int number, ReadOnlyMemory<byte> bytes, string checksum, Attempt attempt)
    {
        UploadPartRequest request = new()
        {
            BucketName = bucket,
            Key = full,
            UploadId = upload,
            PartNumber = number,
            PartSize = bytes.Length,
            InputStream = Transfer.AsStream(bytes),
            UseChunkEncoding = false,
            ChecksumCRC32C = checksum,
        };
        UploadPartResponse response = await client.UploadPartAsync(request, attempt.Token);
        return new PartETag(number, response.ETag) { ChecksumCRC32C = checksum };
    }

    private async ValueTask<bool> CompleteOnceAsync(string upload, PartETag[] parts, string checksum, Attempt attempt)
    {
        try
        {
            CompleteMultipartUploadRequest request = new()
            {
                BucketName = bucket,
                Key = full,
                UploadId = upload,
                PartETags = [.. parts],
                ChecksumCRC32C = checksum,
                ChecksumType = ChecksumType.FULL_OBJECT,
            };
            await client.CompleteMultipartUploadAsync(request, attempt.Token);
            return true;
        }
        catch (AmazonS3Exception e) when (attempt.MaybeDone && e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode == "NoSuchUpload")
        {
            // Nobody else knows the upload: it went because an attempt whose answer was lost has completed it.
            return true;
        }
    }

    private async ValueTask AbortQuietlyAsync(string upload)
    {
        try
        {
            await sender.SendAsync("put", key, bytes: 0, AbortOnceAsync, CancellationToken.None);
        }
        catch (Exception e) when (e is StorageException or ObjectDisposedException)
        {
            // The error that led here says more than this one would.
        }

        async ValueTask<bool> AbortOnceAsync(Attempt attempt)
        {
            AbortMultipartUploadRequest request = new() { BucketName = bucket, Key = full, UploadId = upload };
            await client.AbortMultipartUploadAsync(request, attempt.Token);
            return true;
        }
    }
}
