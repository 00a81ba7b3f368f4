using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        int done = Avx2.IsSupported && width is > 0 and <= Shuffles.WidthMax && bit % 8 == 0
            ? UnpackGroups(bytes, (int)(bit / 8), width, destination)
            : 0;
        UnpackOneByOne(bytes, bit + ((long)done * width), width, destination[done..]);
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

    private static void UnpackOneByOne(ReadOnlySpan<byte> bytes, long bit, int width, Span<int> destination)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        ulong mask = (1UL << width) - 1;
        for (int i = 0; i < destination.Length; i++)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, (nint)(bit >> 3)));
            destination[i] = (int)(word >> (int)(bit & 7) & mask);
            bit += width;
        }
    }

    // Eight values are as many bytes as they have bits. Each half of a vector takes sixteen bytes that have four of them, brings the
    // bytes of each to its place, and shifts away what comes before.
    private static int UnpackGroups(ReadOnlySpan<byte> bytes, int start, int width, Span<int> destination)
    {
        Vector256<byte> shuffle = Shuffles.Of(width, out Vector256<uint> shifts, out int second);
        Vector256<uint> mask = Vector256.Create((1u << width) - 1);
        int groups = Math.Min(destination.Length / 8, (bytes.Length - start - second - Vector128<byte>.Count) / width);
        ref byte input = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), start);
        ref uint output = ref Unsafe.As<int, uint>(ref MemoryMarshal.GetReference(destination));
        for (int group = 0; group < groups; group++)
        {
            Vector256<byte> both = Vector256.Create(Vector128.LoadUnsafe(ref input), Vector128.LoadUnsafe(ref input, (nuint)second));
            Vector256<uint> values = Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(both, shuffle).AsUInt32(), shifts) & mask;
            values.StoreUnsafe(ref output, (nuint)group * 8);
            input = ref Unsafe.Add(ref input, width);
        }

        return Math.Max(0, groups) * 8;
    }

    private static void CheckRoom(ReadOnlySpan<byte> bytes, long endBit)
    {
        if ((endBit + 7) / 8 > bytes.Length - Slack)
            throw new ArgumentException($"Bits up to {endBit} in {bytes.Length} bytes.", nameof(bytes));
    }

    /// <summary>For every width: which bytes the eight values of a group are in, and what to shift them by.</summary>
    private static class Shuffles
    {
        /// <summary>Wider values may lie in five bytes.</summary>
        public const int WidthMax = 25;

        private static readonly byte[] Bytes = new byte[(WidthMax + 1) * 32];
        private static readonly uint[] Shifts = new uint[(WidthMax + 1) * 8];

        static Shuffles()
        {
            for (int width = 1; width <= WidthMax; width++)
            {
                for (int i = 0; i < 8; i++)
                {
                    int bit = (i * width) - (i < 4 ? 0 : SecondStart(width) * 8);
                    Shifts[(width * 8) + i] = (uint)(bit % 8);
                    for (int b = 0; b < 4; b++)
                        Bytes[(width * 32) + (i * 4) + b] = (byte)((bit / 8) + b);
                }
            }
        }

        public static Vector256<byte> Of(int width, out Vector256<uint> shifts, out int second)
        {
            shifts = Vector256.LoadUnsafe(ref Shifts[width * 8]);
            second = SecondStart(width);
            return Vector256.LoadUnsafe(ref Bytes[width * 32]);
        }

        // The byte in which the fifth value begins.
        private static int SecondStart(int width) => 4 * width / 8;
    }
}
