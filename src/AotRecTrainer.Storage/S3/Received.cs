using Amazon.S3.Model;

namespace AotRecTrainer.Storage.S3;

/// <summary>What a GET brings.</summary>
internal sealed class Received
{
    private readonly string? _checksum;

    /// <summary>Makes room for an answer.</summary>
    /// <param name="length">Bytes of its content.</param>
    /// <param name="response">Its headers.</param>
    public Received(int length, GetObjectResponse response)
    {
        Content = GC.AllocateUninitializedArray<byte>(length);
        Version = response.ETag;

        // With a dash and a number it is the checksum of the parts' checksums. That of a range is the whole object's, where it is sent at all.
        bool isWhole = response.ContentRange is not { Length: > 0 };
        _checksum = isWhole && response.ChecksumCRC32C is { } checksum && !checksum.Contains('-', StringComparison.Ordinal) ? checksum : null;
    }

    private Received(byte[] content)
    {
        Content = content;
        Version = "";
    }

    /// <summary>A range beyond the end.</summary>
    public static Received Nothing { get; } = new([]);

    /// <summary>Whether the first request reads everything.</summary>
    public bool IsSmall => Content.Length < Transfer.LargeBytes;

    /// <summary>The whole content; beyond <see cref="First"/> not yet filled.</summary>
    public byte[] Content { get; }

    /// <summary>The object's ETag.</summary>
    public string Version { get; }

    /// <summary>What the first request reads: everything, or of a large object the first part.</summary>
    public Memory<byte> First => Content.AsMemory(0, IsSmall ? Content.Length : Transfer.PartBytes);

    /// <summary>Whether the content, all of it filled, lacks the checksum that was sent with it. Without one it cannot be told.</summary>
    public bool IsDamaged => _checksum is not null && Crc32C.Header(Content) != _checksum;
}
