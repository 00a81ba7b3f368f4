using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <content>Compressing: greedy, with a table of where four bytes were seen last.</content>
internal static partial class Snappy
{
    private const int BlockSize = 1 << 16;
    private const int HashBits = 14;

    /// <summary>The most bytes that <see cref="Compress"/> may need for <paramref name="length"/> bytes.</summary>
    public static int MaxCompressedLength(int length) => checked(32 + length + (length / 6));

    /// <summary>Compresses. The same bytes always give the same result.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="destination">At least <see cref="MaxCompressedLength"/> bytes.</param>
    /// <returns>How many bytes of the destination hold the result.</returns>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < MaxCompressedLength(source.Length))
            throw new ArgumentException("The destination is too short.", nameof(destination));
        int written = 0;
        uint rest = (uint)source.Length;
        for (; rest >= 0x80; rest >>= 7)
            destination[written++] = (byte)(rest | 0x80);
        destination[written++] = (byte)rest;

        Span<ushort> table = stackalloc ushort[1 << HashBits];
        for (int start = 0; start < source.Length; start += BlockSize)
        {
            ReadOnlySpan<byte> block = source.Slice(start, Math.Min(BlockSize, source.Length - start));
            table.Clear();
            written += CompressBlock(block, destination[written..], table);
        }

        return written;
    }

    private static int CompressBlock(ReadOnlySpan<byte> block, Span<byte> destination, Span<ushort> table)
    {
        ref byte input = ref MemoryMarshal.GetReference(block);
        int written = 0;
        int literalStart = 0;
        int position = 1;
        int misses = 32;

        // The last bytes are left to a literal, so that eight bytes can always be read at once.
        int limit = block.Length - 15;
        while (position < limit)
        {
            uint current = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, position));
            ref ushort slot = ref table[(int)(current * 0x1E35A7BDu >> (32 - HashBits))];
            int candidate = slot;
            slot = (ushort)position;
            if (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, candidate)) != current || candidate >= position)
            {
                // The longer nothing is found, the larger the steps: bytes that do not compress cost little time.
                position += misses++ >> 5;
                continue;
            }

            misses = 32;
            written = EmitLiteral(block[literalStart..position], destination, written);
            int length = 4 + CommonLength(block, candidate + 4, position + 4);
            written = EmitCopy(destination, written, position - candidate, length);
            position += length;
            literalStart = position;
            if (position < limit)
            {
                uint before = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref input, position - 1));
                table[(int)(before * 0x1E35A7BDu >> (32 - HashBits))] = (ushort)(position - 1);
            }
        }

        return EmitLiteral(block[literalStart..], destination, written);
    }

    private static int CommonLength(ReadOnlySpan<byte> block, int first, int second)
    {
        ref byte input = ref MemoryMarshal.GetReference(block);
        int start = second;
        while (second + 8 <= block.Length)
        {
            ulong different = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref input, first))
                ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref input, second));
            if (different != 0)
                return second - start + (BitOperations.TrailingZeroCount(different) >> 3);
            first += 8;
            second += 8;
        }

        while (second < block.Length && block[first] == block[second])
        {
            first++;
            second++;
        }

        return second - start;
    }

    private static int EmitLiteral(ReadOnlySpan<byte> literal, Span<byte> destination, int written)
    {
        if (literal.IsEmpty)
            return written;
        int last = literal.Length - 1;
        if (last < 60)
        {
            destination[written++] = (byte)(last << 2);
        }
        else if (last < 256)
        {
            destination[written++] = 60 << 2;
            destination[written++] = (byte)last;
        }
        else
        {
            destination[written++] = 61 << 2;
            destination[written++] = (byte)last;
            destination[written++] = (byte)(last >> 8);
        }

        literal.CopyTo(destination[written..]);
        return written + literal.Length;
    }

    private static int EmitCopy(Span<byte> destination, int written, int distance, int length)
    {
        // Of a length between 65 and 67, 60 are copied first: what is left must be at least 4 for the short form.
        while (length >= 68)
        {
            written = EmitLongCopy(destination, written, distance, 64);
            length -= 64;
        }

        if (length > 64)
        {
            written = EmitLongCopy(destination, written, distance, 60);
            length -= 60;
        }

        if (length < 12 && distance < 2048)
        {
            destination[written++] = (byte)(distance >> 8 << 5 | (length - 4) << 2 | 1);
            destination[written++] = (byte)distance;
            return written;
        }

        return EmitLongCopy(destination, written, distance, length);
    }

    private static int EmitLongCopy(Span<byte> destination, int written, int distance, int length)
    {
        destination[written++] = (byte)((length - 1) << 2 | 2);
        destination[written++] = (byte)distance;
        destination[written++] = (byte)(distance >> 8);
        return written;
    }
}
