using System.Buffers.Binary;

namespace AotRecTrainer.Columnar.Tests.Hostile;

/// <summary>Damages files in the ways that accidents and attackers do. The same seed always does the same.</summary>
internal static class Mutator
{
    private static readonly long[] Extremes = [0, 1, -1, 0x7F, 0x80, 0xFF, short.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>A damaged copy.</summary>
    public static byte[] Mutate(byte[] original, int seed)
    {
        Random random = new(seed);
        List<byte> bytes = [.. original];
        for (int changes = 1 << random.Next(4); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, random);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        int at = Place(bytes.Count, random);
        int count = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 or 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 or 3:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 4:
                Span<byte> extreme = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(extreme, Extremes[random.Next(Extremes.Length)]);
                for (int i = 0; i < Math.Min(random.Next(1, 9), bytes.Count - at); i++)
                    bytes[at + i] = extreme[i];
                break;
            case 5:
                bytes.RemoveRange(at, count);
                break;
            case 6:
                bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - count + 1), count));
                break;
            case 7:
                List<byte> moved = bytes.GetRange(random.Next(bytes.Count - count + 1), count);
                for (int i = 0; i < count; i++)
                    bytes[at + i] = moved[i];
                break;
            default:
                if (random.Next(20) == 0)
                    bytes.RemoveRange(at, bytes.Count - at);
                else
                    bytes[at] = 0xFF;
                break;
        }
    }

    // Half of the damage goes to the last eighth of the file, where footers are.
    private static int Place(int count, Random random) => random.Next(2) == 0 ? random.Next(count) : random.Next(count * 7 / 8, count);
}
