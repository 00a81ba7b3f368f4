using System.Numerics;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Model.Parameters;

/// <summary>Looks for numbers that no model may hold.</summary>
internal static class Finite
{
    /// <summary>True when no value is NaN or infinite; true for no values.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        // Zero times infinity or NaN is NaN, and NaN stays in a sum.
        Vector<float> poison = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors) poison += vector * Vector<float>.Zero;
        float rest = Vector.Sum(poison);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..]) rest += value * 0;
        return rest == 0;
    }
}
