using System.Security.Cryptography;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Tests.Parameters;

public sealed class ModelParametersTests
{
    private static readonly ModelShape Shape = new(5, 4, 3);

    [Fact]
    public void Initialize_ARow_DoesNotDependOnHowManyOthersThereAre()
    {
        ModelParameters few = ModelParameters.Initialize(Shape, 3, seed: 9, 0.5f);
        ModelParameters many = ModelParameters.Initialize(new ModelShape(50, 40, 3), 3, seed: 9, 0.5f);
        Assert.Equal(few.UserFactors, many.UserFactors[..few.UserFactors.Length]);
        Assert.Equal(few.ItemFactors, many.ItemFactors[..few.ItemFactors.Length]);
        Assert.NotEqual(few.UserFactors[..12], few.ItemFactors);
        Assert.All(few.UserBiases, bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void Initialize_ManyRows_HaveTheStandardDeviation()
    {
        float[] factors = ModelParameters.Initialize(new ModelShape(20_000, 1, 4), 3, seed: 1, 0.25f).UserFactors;
        double variance = factors.Average(value => (double)value * value);
        Support.Close.Mean(0.0625, variance, 2 * 0.0625 * 0.0625, factors.Length, "variance");
    }

    [Fact]
    public void Sha256_OfKnownNumbers_IsThatOfTheirBytes()
    {
        ModelParameters model = new(new ModelShape(1, 1, 1), 3.5f);
        (model.UserFactors[0], model.UserBiases[0], model.ItemFactors[0], model.ItemBiases[0]) = (1, 2, 3, 4);
        byte[] bytes = [.. ((float[])[3.5f, 1, 2, 3, 4]).SelectMany(BitConverter.GetBytes)];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), model.Sha256());
    }

    [Fact]
    public void Sha256_AnyBitOfAnyNumber_ChangesIt()
    {
        ModelParameters model = ModelParameters.Initialize(Shape, 3, seed: 9, 0.5f);
        string digest = model.Sha256();
        foreach (float[] values in (float[][])[model.UserFactors, model.UserBiases, model.ItemFactors, model.ItemBiases])
        {
            ModelParameters copy = model.Copy();
            values[^1] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[^1]) ^ 1);
            Assert.NotEqual(digest, model.Sha256());
            Assert.Equal(digest, copy.Sha256());
            values[^1] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[^1]) ^ 1);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void IsFinite_OneBadNumberAnywhere_IsFalse(float bad)
    {
        for (int length = 0; length < 40; length++)
        {
            float[] values = new float[length];
            Array.Fill(values, float.MaxValue);
            Assert.True(Finite.All(values));
            for (int at = 0; at < length; at++)
            {
                values[at] = bad;
                Assert.False(Finite.All(values), $"{bad} at {at} of {length}");
                values[at] = float.Epsilon;
            }
        }

        ModelParameters model = new(Shape, 3);
        Assert.True(model.IsFinite());
        model.ItemBiases[2] = bad;
        Assert.False(model.IsFinite());
    }

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, ModelShape.FactorsMax + 1)]
    public void Constructor_ShapeOutOfRange_IsRefused(int users, int items, int factors) =>
        Assert.ThrowsAny<ArgumentException>(() => new ModelParameters(new ModelShape(users, items, factors), 0));
}
