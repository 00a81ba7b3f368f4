namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// Numbers of an array as halves times one power of two. The power puts the greatest magnitude between 2¹⁴ and 2¹⁵: far from overflow,
/// and all numbers down to 2⁻²⁹ of it keep the eleven binary digits of a half. Rounding is to the nearest, ties to even.
/// </summary>
internal static class HalfCode
{
    /// <summary>The least exponent, for arrays of nothing but almost zero.</summary>
    public const int ExponentMin = -126;

    /// <summary>The greatest exponent.</summary>
    public const int ExponentMax = 127 - TopExponent;

    private const int TopExponent = 14;
    private const int ChunkLength = 256;

    /// <summary>The exponent of an array's power of two; 0 when it is all zeros or empty.</summary>
    public static int ExponentOf(ReadOnlySpan<float> values)
    {
        float greatest = 0;
        foreach (float value in values) greatest = MathF.Max(greatest, MathF.Abs(value));
        return greatest == 0 ? 0 : Math.Clamp(MathF.ILogB(greatest) - TopExponent, ExponentMin, ExponentMax);
    }

    /// <summary>Numbers to halves; the spans are of equal length.</summary>
    public static void Encode(ReadOnlySpan<float> values, int exponent, Span<Half> halves)
    {
        float factor = MathF.ScaleB(1, -exponent);
        for (int i = 0; i < values.Length; i++) halves[i] = (Half)(values[i] * factor);
    }

    /// <summary>Halves to numbers; the spans are of equal length.</summary>
    public static void Decode(ReadOnlySpan<Half> halves, int exponent, Span<float> values)
    {
        float factor = MathF.ScaleB(1, exponent);
        for (int i = 0; i < values.Length; i++) values[i] = (float)halves[i] * factor;
    }

    /// <summary>Makes of numbers what encoding and decoding would.</summary>
    public static void Round(Span<float> values)
    {
        int exponent = ExponentOf(values);
        Span<Half> halves = stackalloc Half[ChunkLength];
        for (int first = 0; first < values.Length; first += ChunkLength)
        {
            Span<float> chunk = values.Slice(first, Math.Min(ChunkLength, values.Length - first));
            Encode(chunk, exponent, halves[..chunk.Length]);
            Decode(halves[..chunk.Length], exponent, chunk);
        }
    }
}
