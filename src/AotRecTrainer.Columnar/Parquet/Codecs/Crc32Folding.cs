using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>
/// CRC-32 with carry-less multiplication, by Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" (Intel,
/// 2009): the bytes are a polynomial, and multiplying by a power of x modulo the checksum's folds sixteen of them onto later ones.
/// </summary>
internal static class Crc32Folding
{
    /// <summary>The fewest bytes that it can begin with.</summary>
    public const int BytesMin = 64;

    private const int BlockBytes = 16;

    // x^n modulo the polynomial, bits reversed: to fold over 512 bits, over 128 bits, and down to 64; then for Barrett's reduction.
    private static readonly Vector128<ulong> Over512 = Vector128.Create(0x0154442BD4UL, 0x01C6E41596UL);
    private static readonly Vector128<ulong> Over128 = Vector128.Create(0x01751997D0UL, 0x00CCAA009EUL);
    private static readonly Vector128<ulong> To64 = Vector128.Create(0x0163CD6124UL, 0UL);
    private static readonly Vector128<ulong> Barrett = Vector128.Create(0x01DB710641UL, 0x01F7011641UL);

    /// <summary>Continues a checksum over all whole blocks of sixteen bytes.</summary>
    /// <param name="crc">The checksum so far.</param>
    /// <param name="bytes">At least <see cref="BytesMin"/> bytes.</param>
    /// <param name="rest">The bytes that are left.</param>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> rest)
    {
        Vector128<ulong> first = Block(bytes, 0) ^ Vector128.CreateScalar(crc).AsUInt64();
        Vector128<ulong> second = Block(bytes, 1);
        Vector128<ulong> third = Block(bytes, 2);
        Vector128<ulong> fourth = Block(bytes, 3);
        for (bytes = bytes[BytesMin..]; bytes.Length >= BytesMin; bytes = bytes[BytesMin..])
        {
            first = Fold(first, Over512, Block(bytes, 0));
            second = Fold(second, Over512, Block(bytes, 1));
            third = Fold(third, Over512, Block(bytes, 2));
            fourth = Fold(fourth, Over512, Block(bytes, 3));
        }

        Vector128<ulong> sum = Fold(Fold(Fold(first, Over128, second), Over128, third), Over128, fourth);
        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
            sum = Fold(sum, Over128, Block(bytes, 0));
        rest = bytes;
        return Reduce(sum);
    }

    private static Vector128<ulong> Block(ReadOnlySpan<byte> bytes, int index) =>
        Unsafe.ReadUnaligned<Vector128<ulong>>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), index * BlockBytes));

    private static Vector128<ulong> Fold(Vector128<ulong> sum, Vector128<ulong> by, Vector128<ulong> next) =>
        Pclmulqdq.CarrylessMultiply(sum, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(sum, by, 0x11) ^ next;

    private static uint Reduce(Vector128<ulong> sum)
    {
        Vector128<ulong> low = Vector128.Create(uint.MaxValue, 0, uint.MaxValue, 0).AsUInt64();
        sum = Pclmulqdq.CarrylessMultiply(sum, Over128, 0x10) ^ Sse2.ShiftRightLogical128BitLane(sum, 8);
        sum = Pclmulqdq.CarrylessMultiply(sum & low, To64, 0x00) ^ Sse2.ShiftRightLogical128BitLane(sum, 4);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(sum & low, Barrett, 0x10) & low;
        return (sum ^ Pclmulqdq.CarrylessMultiply(quotient, Barrett, 0x00)).AsUInt32().GetElement(1);
    }
}
