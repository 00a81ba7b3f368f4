using System.Numerics;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>Bits in bytes, the lowest bit of a byte first.</summary>
internal static class Bitmap
{
    public static int ByteCount(int bits) => (int)(((long)bits + 7) / 8);

    public static bool Get(ReadOnlySpan<byte> bits, int index) => (bits[index >> 3] >> (index & 7) & 1) != 0;

    public static void Set(Span<byte> bits, int index) => bits[index >> 3] |= (byte)(1 << (index & 7));

    /// <summary>Sets <paramref name="count"/> bits from <paramref name="start"/> on.</summary>
    public static void SetRange(Span<byte> bits, int start, int count)
    {
        int end = start + count;
        while (start < end && (start & 7) != 0)
            Set(bits, start++);
        int whole = (end - start) >> 3;
        bits.Slice(start >> 3, whole).Fill(0xFF);
        for (start += whole * 8; start < end; start++)
            Set(bits, start);
    }

    /// <summary>How many of the first <paramref name="count"/> bits are set.</summary>
    public static int CountSet(ReadOnlySpan<byte> bits, int count)
    {
        int set = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bits[..(count >> 3)]);
        foreach (ulong word in words)
            set += BitOperations.PopCount(word);
        for (int i = words.Length * 64; i < count; i++)
            set += Get(bits, i) ? 1 : 0;
        return set;
    }
}
