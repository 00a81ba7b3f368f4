using System.Buffers.Binary;
using System.Numerics;

namespace AotRecTrainer.Columnar.Parquet.Encodings;

/// <summary>Writes Parquet's hybrid of run lengths and packed bits.</summary>
internal static class RleEncoder
{
    /// <summary>Bits that the values 0 to <paramref name="largest"/> need.</summary>
    public static int Width(uint largest) => 32 - BitOperations.LeadingZeroCount(largest);

    /// <summary>Appends the values, each below 2^<paramref name="width"/>.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ByteWriter output)
    {
        int pending = 0;
        int position = 0;
        while (position < values.Length)
        {
            int run = RunLength(values[position..]);

            // Packed values come in groups of eight: the last group before a run takes what it lacks from the run.
            int fill = -(position - pending) & 7;
            if (run - fill >= 8)
            {
                Pack(values[pending..(position + fill)], width, output);
                output.AppendVarint((ulong)(run - fill) << 1);
                for (int shift = 0; shift < width; shift += 8)
                    output.Append((byte)(values[position] >> shift));
                pending = position + run;
            }

            position += run;
        }

        Pack(values[pending..], width, output);
    }

    // Most runs are short: they are not worth a call.
    private static int RunLength(ReadOnlySpan<int> values)
    {
        int near = Math.Min(8, values.Length);
        for (int i = 1; i < near; i++)
        {
            if (values[i] != values[0])
                return i;
        }

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
