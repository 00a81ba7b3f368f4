using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AotRecTrainer.Model.Parameters;

/// <summary>
/// The parameters of biased matrix factorization, <c>r̂ = µ + b_u + b_i + p_u · q_i</c> (Koren, Bell and Volinsky 2009).
/// Factor matrices are dense and row-major: row <c>u</c> of P starts at <c>u · Factors</c>.
/// </summary>
public sealed class ModelParameters
{
    /// <summary>Makes a model with all factors and biases zero: every prediction is the global mean.</summary>
    public ModelParameters(ModelShape shape, float globalMean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Users, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Items, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Factors, 1, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Factors, ModelShape.FactorsMax, nameof(shape));
        Shape = shape;
        GlobalMean = globalMean;
        UserFactors = new float[checked(shape.Users * shape.Factors)];
        UserBiases = new float[shape.Users];
        ItemFactors = new float[checked(shape.Items * shape.Factors)];
        ItemBiases = new float[shape.Items];
    }

    private ModelParameters(
        ModelShape shape, float globalMean, float[] userFactors, float[] userBiases, float[] itemFactors, float[] itemBiases)
    {
        Shape = shape;
        GlobalMean = globalMean;
        UserFactors = userFactors;
        UserBiases = userBiases;
        ItemFactors = itemFactors;
        ItemBiases = itemBiases;
    }

    /// <summary>Users, items and factors.</summary>
    public ModelShape Shape { get; }

    /// <summary>µ, the mean of the training ratings.</summary>
    public float GlobalMean { get; }

    /// <summary>P, Users × Factors.</summary>
    public float[] UserFactors { get; }

    /// <summary>b_u, one per user.</summary>
    public float[] UserBiases { get; }

    /// <summary>Q, Items × Factors.</summary>
    public float[] ItemFactors { get; }

    /// <summary>b_i, one per item.</summary>
    public float[] ItemBiases { get; }

    /// <summary>
    /// Starts a model: biases zero, factors drawn from a normal distribution with the given standard deviation, each row
    /// from its own stream keyed by (seed, side, row), so that a row's start does not depend on the other rows.
    /// </summary>
    public static ModelParameters Initialize(ModelShape shape, float globalMean, long seed, float standardDeviation)
    {
        ModelParameters parameters = new(shape, globalMean);
        Draw(parameters.UserFactors, shape.Factors, seed, side: 0, standardDeviation);
        Draw(parameters.ItemFactors, shape.Factors, seed, side: 1, standardDeviation);
        return parameters;
    }

    /// <summary>The same arrays around another mean.</summary>
    internal ModelParameters WithMean(float globalMean) => new(Shape, globalMean, UserFactors, UserBiases, ItemFactors, ItemBiases);

    /// <summary>The items alone, sharing their arrays: what workers need who solve users by themselves.</summary>
    public ModelParameters WithoutUsers() => new(Shape with { Users = 0 }, GlobalMean, [], [], ItemFactors, ItemBiases);

    /// <summary>A copy that shares nothing.</summary>
    public ModelParameters Copy() =>
        new(Shape, GlobalMean, [.. UserFactors], [.. UserBiases], [.. ItemFactors], [.. ItemBiases]);

    /// <summary>True when no parameter is NaN or infinite.</summary>
    public bool IsFinite() =>
        Finite.All(UserFactors) && Finite.All(UserBiases) && Finite.All(ItemFactors) && Finite.All(ItemBiases);

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of the global mean, P, b_u, Q and b_i as little-endian float32: two models have
    /// the same digest when they are the same bit for bit.
    /// </summary>
    public string Sha256()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [GlobalMean]);
        Append(hash, UserFactors);
        Append(hash, UserBiases);
        Append(hash, ItemFactors);
        Append(hash, ItemBiases);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Draw(Span<float> factors, int rowLength, long seed, ulong side, float standardDeviation)
    {
        int rows = factors.Length / rowLength;
        for (int row = 0; row < rows; row++)
        {
            KeyedRandom random = new(seed, side, (ulong)row);
            foreach (ref float factor in factors.Slice(row * rowLength, rowLength))
                factor = (float)(random.NextNormal() * standardDeviation);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }
}
