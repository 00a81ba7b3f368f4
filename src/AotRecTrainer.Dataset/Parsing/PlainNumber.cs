using System.Numerics;
using System.Runtime.CompilerServices;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// The plainest spelling of numbers, read eight bytes at a time without a loop. Nothing here looks where the text ends: there must be
/// <see cref="BytesMax"/> bytes behind the place.
/// </summary>
internal static class PlainNumber
{
    /// <summary>How far behind the place a number may be looked at.</summary>
    public const int BytesMax = 24;

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Reads 1 to 15 digits and moves the place behind them; false for another number of digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadInteger(ref byte text, ref nint at, out long value)
    {
        int digits = ReadEightDigits(ref Unsafe.Add(ref text, at), out value);
        at += digits;
        if (digits < sizeof(ulong))
        {
            return digits > 0;
        }

        digits = ReadEightDigits(ref Unsafe.Add(ref text, at), out long rest);
        at += digits;
        if (digits == sizeof(ulong))
        {
            return false;
        }

        value = (value * PowersOfTen[digits]) + rest;
        return true;
    }

    /// <summary>Reads <c>4</c> or <c>3.5</c> and moves the place behind; false for what does not begin with a digit.</summary>
    /// <remarks>Of a longer number only the beginning is read; what follows is then no separator.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadStars(ref byte text, ref nint at, out float value)
    {
        int whole = Unsafe.Add(ref text, at) - '0', tenths = Unsafe.Add(ref text, at + 2) - '0';
        value = whole;
        at++;
        if (Unsafe.Add(ref text, at) == '.' && (uint)tenths <= 9)
        {
            // Correctly rounded: the operands are exact.
            value = (float)(((10 * whole) + tenths) / 10.0);
            at += 2;
        }

        return (uint)whole <= 9;
    }

    /// <summary>Counts the digits that eight bytes begin with, and reads them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadEightDigits(ref byte text, out long value)
    {
        // Digits become 0 .. 9; every other byte has its highest bit set by the addition or from the start.
        ulong bytes = Unsafe.ReadUnaligned<ulong>(ref text) ^ 0x3030303030303030;
        ulong others = (((bytes & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676) | bytes) & 0x8080808080808080;
        int digits = BitOperations.TrailingZeroCount(others) >> 3;

        // The digits move to the end and zeros stand before them. Two steps, as a shift by 64 is one by 0.
        int half = 4 * (sizeof(ulong) - digits);
        bytes = bytes << half << half;

        // Neighbours become numbers of two digits, those numbers of four, and those the result.
        bytes = (bytes * 10) + (bytes >> 8);
        value = (long)((((bytes & 0x000000FF000000FF) * 0x000F424000000064)
            + (((bytes >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        return digits;
    }
}
