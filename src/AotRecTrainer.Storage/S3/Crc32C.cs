using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Storage.S3;

/// <summary>
/// CRC-32C (Castagnoli), the checksum of every object and part that is written. S3 knows it among others; processors have an instruction
/// for it, while the SDK's own default, CRC-32, goes through a table byte by byte.
/// </summary>
internal static class Crc32C
{
    /// <summary>The checksum as S3's headers have it: four bytes, highest first, in base 64.</summary>
    public static string Header(ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Compute(content));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The checksum as a number; 0 for no bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(content);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (byte rest in content[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
