using System.Buffers.Binary;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>The LZ4 block format: literals and copies of what came before, without any frame.</summary>
internal static class Lz4
{
    /// <summary>No block of n bytes stands for more than this many times n bytes: a byte adds at most 255 to the length of a copy.</summary>
    public const int LargestRatio = 255;

    private const int ShortestCopy = 4;
    private const int LongLength = 15;

    /// <summary>Decompresses into the whole destination; false when the block is damaged or stands for another number of bytes.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int read = 0;
        int written = 0;
        while (read < source.Length)
        {
            int token = source[read++];
            if (!TryReadLength(source, ref read, token >> 4, out int literals)
                || literals > source.Length - read || literals > destination.Length - written)
            {
                return false;
            }

            source.Slice(read, literals).CopyTo(destination[written..]);
            read += literals;
            written += literals;

            // The last sequence has literals only.
            if (read == source.Length)
                return written == destination.Length;
            if (source.Length - read < 2)
                return false;
            int distance = BinaryPrimitives.ReadUInt16LittleEndian(source[read..]);
            read += 2;
            if (!TryReadLength(source, ref read, token & 15, out int count) || distance == 0 || distance > written
                || count > destination.Length - written - ShortestCopy)
            {
                return false;
            }

            CopyBack(destination, written, distance, count + ShortestCopy);
            written += count + ShortestCopy;
        }

        return false;
    }

    private static void CopyBack(Span<byte> bytes, int to, int distance, int count)
    {
        // A copy may overlap itself and then repeats a pattern: each step doubles what stands there to copy from.
        while (count > 0)
        {
            int step = Math.Min(distance, count);
            bytes.Slice(to - distance, step).CopyTo(bytes[to..]);
            to += step;
            count -= step;
            distance += step;
        }
    }

    private static bool TryReadLength(ReadOnlySpan<byte> source, ref int read, int first, out int length)
    {
        length = first;
        if (first < LongLength)
            return true;
        byte next;
        do
        {
            if (read >= source.Length || length > int.MaxValue - 255)
                return false;
            next = source[read++];
            length += next;
        }
        while (next == 255);
        return true;
    }
}
