using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Prediction;

namespace AotRecTrainer.Model.Tests.Prediction;

public sealed class ItemNeighboursTests
{
    [Fact]
    public void Cosines_KnownAngles_AreTheirCosines()
    {
        ModelParameters model = new(new ModelShape(Users: 0, Items: 5, Factors: 2), globalMean: 3);
        float[] rows = [2, 0, 0, 0.5f, -3, 0, 1, 1, 0, 0];
        rows.CopyTo(model.ItemFactors, 0);
        model.ItemBiases.AsSpan().Fill(9);
        float[] cosines = new float[5];
        ItemNeighbours.Cosines(model, item: 0, cosines);
        Assert.Equal([1, 0, -1, MathF.Sqrt(0.5f)], cosines[..4], (left, right) => Math.Abs(left - right) < 1e-6f);
        Assert.True(float.IsNaN(cosines[4]));
    }
}
