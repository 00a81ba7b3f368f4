using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Prediction;

/// <summary>Compares items by the angle between their factor vectors.</summary>
public static class ItemNeighbours
{
    /// <summary>The cosine between one item and every item; NaN where either has no length, so that it is like nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="item">Index of the item.</param>
    /// <param name="cosines">One per item, overwritten; −1 to 1.</param>
    /// <exception cref="ArgumentException">There is no such item, or there are not as many cosines as items.</exception>
    public static void Cosines(ModelParameters model, int item, Span<float> cosines)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, model.Shape.Items);
        ReadOnlySpan<float> own = Row(model, item);
        cosines.Clear();
        PredictionKernel.AddScores(0, own, model.ItemFactors, new float[model.Shape.Items], cosines);
        float length = Length(own);
        for (int other = 0; other < cosines.Length; other++)
            cosines[other] = Math.Clamp(cosines[other] / (length * Length(Row(model, other))), -1, 1);
    }

    private static ReadOnlySpan<float> Row(ModelParameters model, int item) =>
        model.ItemFactors.AsSpan(item * model.Shape.Factors, model.Shape.Factors);

    private static float Length(ReadOnlySpan<float> row)
    {
        float squares = 0;
        foreach (float factor in row) squares += factor * factor;
        return MathF.Sqrt(squares);
    }
}
