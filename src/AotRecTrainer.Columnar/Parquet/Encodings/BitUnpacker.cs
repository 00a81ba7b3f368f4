using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Parquet.Encodings;

/// <summary>Takes numbers of a few bits each out of bytes, the lowest bit first.</summary>
internal static class BitUnpacker
{
    /// <summary>Bytes that must be readable behind the last one that has bits of a value.</summary>
    public const int Slack = 8;

    /// <summary>Unpacks as many values as the destination has room for.</summary>
    /// <param name="bytes">The packed bits, and <see cref="Slack"/> more bytes.</param>
    /// <param name="bit">The first bit.</param>
    /// <param name="width">Bits per value, 0 to 32.</param>
    /// <param name="destination">Receives the values.</param>
    public static void Unpack(ReadOnlySpan<byte> bytes, long bit, int width, Span<int> destination)
    {
        CheckRoom(bytes, bit + ((long)destination.Length * width));
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        ulong mask = (1UL << width) - 1;
        for (int i = 0; i < destination.Length; i++)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, (nint)(bit >> 3)));
            destination[i] = (int)(word >> (int)(bit & 7) & mask);
            bit += width;
        }
    }

    /// <summary>One value of 0 to 64 bits.</summary>
    public static ulong Unpack(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        CheckRoom(bytes, bit + width);
        if (width == 0)
            return 0;
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), (nint)(bit >> 3));
        int shift = (int)(bit & 7);
        ulong word = Unsafe.ReadUnaligned<ulong>(ref start) >> shift;

        // Behind eight bytes a ninth may hold the rest.
        if (shift + width > 64)
            word |= (ulong)Unsafe.Add(ref start, 8) << (64 - shift);
        return word & (ulong.MaxValue >> (64 - width));
    }

    private static void CheckRoom(ReadOnlySpan<byte> bytes, long endBit)
    {
        if ((endBit + 7) / 8 > bytes.Length - Slack)
            throw new ArgumentException($"Bits up to {endBit} in {bytes.Length} bytes.", nameof(bytes));
    }
}
