using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>The Snappy block format: a length, then literals and copies of what came before.</summary>
internal static partial class Snappy
{
    /// <summary>No block of n bytes stands for more than this many times n bytes (a copy of 64 bytes takes 3).</summary>
    public const int LargestRatio = 22;

    /// <summary>The number of bytes that a block says it stands for; -1 when it does not start with such a number.</summary>
    public static long DecompressedLength(ReadOnlySpan<byte> source, out int headerLength)
    {
        long length = 0;
        for (int i = 0; i < Math.Min(5, source.Length); i++)
        {
            length |= (long)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                headerLength = i + 1;
                return length <= uint.MaxValue ? length : -1;
            }
        }

        headerLength = 0;
        return -1;
    }

    /// <summary>Decompresses a block into the first <paramref name="length"/> bytes of <paramref name="destination"/>.</summary>
    /// <param name="source">The block; not trusted.</param>
    /// <param name="destination">Room for the bytes; what is behind them may be overwritten, and room there makes it faster.</param>
    /// <param name="length">How many bytes the block must stand for.</param>
    /// <returns>False when the block is damaged or stands for another number of bytes.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)destination.Length, nameof(length));
        if (DecompressedLength(source, out int read) != length)
            return false;
        ref byte input = ref MemoryMarshal.GetReference(source);
        ref byte output = ref MemoryMarshal.GetReference(destination);
        int room = destination.Length;
        int written = 0;
        while (read < source.Length)
        {
            int tag = Unsafe.Add(ref input, read++);
            if ((tag & 3) == 0)
            {
                int count = (tag >> 2) + 1;
                if (count <= 16 && source.Length - read >= 16 && room - written >= 16)
                {
                    // Sixteen bytes at once, whatever the count: what is too much is overwritten next, or the end check fails.
                    Copy16(ref input, read, ref output, written);
                }
                else
                {
                    if (count > 60 && !TryReadLiteralLength(source, ref read, count - 60, out count))
                        return false;
                    if (count > source.Length - read || count > room - written)
                        return false;
                    source.Slice(read, count).CopyTo(destination[written..]);
                }

                read += count;
                written += count;
            }
            else
            {
                int count = (tag >> 2) + 1;
                int distance;
                switch (tag & 3)
                {
                    case 1:
                        if (read >= source.Length)
                            return false;
                        count = (tag >> 2 & 7) + 4;
                        distance = tag >> 5 << 8 | Unsafe.Add(ref input, read++);
                        break;
                    case 2:
                        if (source.Length - read < 2)
                            return false;
                        distance = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref input, read));
                        read += 2;
                        break;
                    default:
                        if (source.Length - read < 4)
                            return false;
                        uint far = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, read));
                        if (far > int.MaxValue)
                            return false;
                        distance = (int)far;
                        read += 4;
                        break;
                }

                if (distance == 0 || distance > written || count > room - written)
                    return false;
                CopyBack(ref output, written, distance, count, room);
                written += count;
            }
        }

        return written == length;
    }

    private static void CopyBack(ref byte output, int written, int distance, int count, int room)
    {
        int from = written - distance;
        if (room - written < 80)
        {
            for (int i = 0; i < count; i++)
                Unsafe.Add(ref output, written + i) = Unsafe.Add(ref output, from + i);
        }
        else if (distance >= 16)
        {
            for (int i = 0; i < count; i += 16)
                Copy16(ref output, from + i, ref output, written + i);
        }
        else if (distance >= 8)
        {
            for (int i = 0; i < count; i += 8)
                Copy8(ref output, from + i, written + i);
        }
        else
        {
            // A short pattern repeats: lay it down twice or more byte by byte, until the distance to a whole number of patterns is 8.
            int step = distance;
            while (step < 8)
                step += distance;
            int laid = Math.Min(count, step - distance);
            for (int i = 0; i < laid; i++)
                Unsafe.Add(ref output, written + i) = Unsafe.Add(ref output, from + i);
            for (int i = laid; i < count; i += 8)
                Copy8(ref output, written + i - step, written + i);
        }
    }

    private static void Copy16(ref byte from, int fromIndex, ref byte to, int toIndex) =>
        Vector128.StoreUnsafe(Vector128.LoadUnsafe(ref Unsafe.Add(ref from, fromIndex)), ref Unsafe.Add(ref to, toIndex));

    private static void Copy8(ref byte bytes, int from, int to) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref bytes, to), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, from)));

    private static bool TryReadLiteralLength(ReadOnlySpan<byte> source, ref int read, int bytes, out int count)
    {
        count = 0;
        if (bytes > source.Length - read)
            return false;
        uint length = 0;
        for (int i = 0; i < bytes; i++)
            length |= (uint)source[read++] << (8 * i);
        count = (int)length + 1;
        return length < int.MaxValue;
    }
}
