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

        // That of a range, where it is sent at all, is the whole object's. That of an object of parts (with a dash in its tag) is a checksum of
        // checksums, or what a server that lacks CRC-32C takes for it: the parts were verified when they were written.
        bool isPlain = response.ContentRange is not { Length: > 0 } && !response.ETag.Contains('-', StringComparison.Ordinal);
        _checksum = isPlain ? response.ChecksumCRC32C : null;
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
