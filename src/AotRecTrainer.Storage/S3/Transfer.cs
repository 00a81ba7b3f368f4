using System.Runtime.InteropServices;

namespace AotRecTrainer.Storage.S3;

/// <summary>How large objects are cut into parts.</summary>
internal static class Transfer
{
    /// <summary>A part: large enough that its own round trip hardly counts, small enough to be sent again. S3 takes 5 MiB to 5 GiB, and
    /// at most 10,000 parts, which no array comes near.</summary>
    public const int PartBytes = 8 << 20;

    /// <summary>Objects below are sent and read in one request: one connection moves so much in about the time of one more request.</summary>
    public const int LargeBytes = 2 * PartBytes;

    /// <summary>Parts on their way at a time: one connection brings 50 to 100 MB/s, four fill what a function has.</summary>
    public const int Parallelism = 4;

    /// <summary>Parts of a length.</summary>
    public static int Parts(int length) => (int)(((long)length + PartBytes - 1) / PartBytes);

    /// <summary>The place of a part.</summary>
    /// <param name="part">From 0.</param>
    /// <param name="length">Of the whole.</param>
    public static Range Part(int part, int length) => (part * PartBytes)..(int)Math.Min((part + 1L) * PartBytes, length);

    /// <summary>Memory as a stream: without a copy where it is an array's, which it nearly always is.</summary>
    public static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
