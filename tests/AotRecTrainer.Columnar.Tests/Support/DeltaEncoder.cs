using System.Numerics;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>DELTA_BINARY_PACKED written bit by bit, as the specification reads.</summary>
internal static class DeltaEncoder
{
    public static byte[] Encode<T>(T[] values, int block, int groups)
        where T : unmanaged, IBinaryInteger<T>
    {
        List<byte> bytes = [];
        long[] wide = [.. values.Select(long.CreateTruncating)];
        Varint(bytes, (ulong)block);
        Varint(bytes, (ulong)groups);
        Varint(bytes, (ulong)values.Length);
        Varint(bytes, ZigZag(wide.FirstOrDefault()));
        long[] differences = [.. wide.Skip(1).Zip(wide, (next, before) => unchecked(next - before))];
        foreach (long[] part in differences.Chunk(block))
        {
            long smallest = part.Min();
            Varint(bytes, ZigZag(smallest));
            ulong[][] packed = [.. part.Select(difference => unchecked((ulong)difference - (ulong)smallest)).Chunk(block / groups)];
            for (int g = 0; g < groups; g++)
                bytes.Add(g < packed.Length ? (byte)(64 - BitOperations.LeadingZeroCount(packed[g].Max())) : (byte)0);
            foreach (ulong[] group in packed)
                Pack(bytes, group, 64 - BitOperations.LeadingZeroCount(group.Max()), block / groups);
        }

        return [.. bytes];
    }

    private static void Pack(List<byte> bytes, ulong[] group, int width, int size)
    {
        byte[] packed = new byte[size * width / 8];
        for (int bit = 0; bit < group.Length * width; bit++)
        {
            if ((group[bit / width] >> (bit % width) & 1) != 0)
                packed[bit / 8] |= (byte)(1 << (bit % 8));
        }

        bytes.AddRange(packed);
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);

    private static void Varint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
