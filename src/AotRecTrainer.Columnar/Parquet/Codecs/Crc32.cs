using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>The checksum of a page: CRC-32 as in GZIP.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        if (Pclmulqdq.IsSupported && bytes.Length >= Crc32Folding.BytesMin)
            crc = Crc32Folding.Update(crc, bytes, out bytes);
        return ~UpdateByTables(crc, bytes);
    }

    /// <summary>Continues a checksum, eight bytes at a time.</summary>
    internal static uint UpdateByTables(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ReadOnlySpan<uint> tables = Tables;
        foreach (ulong word in words)
        {
            uint low = (uint)word ^ crc;
            uint high = (uint)(word >> 32);
            crc = tables[0x700 + (byte)low] ^ tables[0x600 + (byte)(low >> 8)]
                ^ tables[0x500 + (byte)(low >> 16)] ^ tables[0x400 + (int)(low >> 24)]
                ^ tables[0x300 + (byte)high] ^ tables[0x200 + (byte)(high >> 8)]
                ^ tables[0x100 + (byte)(high >> 16)] ^ tables[(int)(high >> 24)];
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
            crc = (crc >> 8) ^ tables[(byte)(crc ^ value)];
        return crc;
    }

    // Table n has the checksum of a byte that n zero bytes follow.
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            tables[i] = crc;
        }

        for (int i = 256; i < tables.Length; i++)
            tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        return tables;
    }
}
