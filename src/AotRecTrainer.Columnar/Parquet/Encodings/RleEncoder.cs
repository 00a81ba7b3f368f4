using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Columnar.Parquet.Encodings;

/// <summary>Writes Parquet's hybrid of run lengths and packed bits.</summary>
internal static class RleEncoder
{
    // A shorter run takes less room among the packed values.
    private const int RunMin = 8;

    /// <summary>Bits that the values 0 to <paramref name="largest"/> need.</summary>
    public static int Width(uint largest) => 32 - BitOperations.LeadingZeroCount(largest);

    /// <summary>Appends the values, each below 2^<paramref name="width"/>.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ByteWriter output)
    {
        int pending = 0;
        for (int position = NextRun(values, 0); position < values.Length;)
        {
            int end = position + RunLength(values[position..]);

            // Packed values come in groups of eight: the last group before a run takes what it lacks from the run.
            int start = position + (-(position - pending) & 7);
            if (end - start >= RunMin)
            {
                Pack(values[pending..start], width, output);
                output.AppendVarint((ulong)(end - start) << 1);
                for (int shift = 0; shift < width; shift += 8)
                    output.Append((byte)(values[position] >> shift));
                pending = end;
            }

            position = NextRun(values, end);
        }

        Pack(values[pending..], width, output);
    }

    // Where the next run of at least eight starts, counted from where a run ends; the end when there is none.
    private static int NextRun(ReadOnlySpan<int> values, int position)
    {
        // Eight values beside those that follow them. Behind the last difference among them a run starts that is not seen to its end yet;
        // all that start before it are shorter than eight, unless the first seven are the same.
        const uint FirstSeven = 0x7F;
        while (position <= values.Length - Vector256<int>.Count - 1)
        {
            uint same = Vector256.Equals(Vector256.Create(values[position..]), Vector256.Create(values[(position + 1)..]))
                .ExtractMostSignificantBits();
            if ((same & FirstSeven) == FirstSeven)
                return position;
            position += Vector256<int>.Count - BitOperations.LeadingZeroCount(~same << 24);
        }

        while (position < values.Length && RunLength(values[position..]) is int run && run < RunMin)
            position += run;
        return position;
    }

    private static int RunLength(ReadOnlySpan<int> values)
    {
        int end = values.IndexOfAnyExcept(values[0]);
        return end < 0 ? values.Length : end;
    }

    private static void Pack(ReadOnlySpan<int> values, int width, ByteWriter output)
    {
        if (values.IsEmpty)
            return;
        int groups = (values.Length + 7) / 8;
        output.AppendVarint((ulong)groups << 1 | 1);
        Span<byte> packed = output.Take(checked(groups * width));
        ulong bits = 0;
        int held = 0;
        foreach (int value in values)
        {
            bits |= (ulong)(uint)value << held;
            held += width;
            if (held >= 32)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(packed, (uint)bits);
                packed = packed[sizeof(uint)..];
                bits >>= 32;
                held -= 32;
            }
        }

        // What is left of the last group: the bits held, then zeros.
        for (; !packed.IsEmpty; packed = packed[1..], bits >>= 8)
            packed[0] = (byte)bits;
    }
}
