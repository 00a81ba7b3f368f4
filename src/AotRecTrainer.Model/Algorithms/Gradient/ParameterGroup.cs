using AotRecTrainer.Model.Algorithms.Equations;

namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>One of the four arrays of parameters: what is known of its rows, and what an update rule remembers of it.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="IsUser">True for the users' side.</param>
/// <param name="RowLength">Numbers in a row: 1 for biases.</param>
/// <param name="Counts">Training ratings of every row.</param>
/// <param name="Penalties">Weight of the regularization of every row.</param>
/// <param name="First">First memory of every parameter; empty when the rule has none.</param>
/// <param name="Second">Second memory of every parameter; empty when the rule has none.</param>
internal sealed record ParameterGroup(
    string Name, bool IsUser, int RowLength, int[] Counts, float[] Penalties, float[] First, float[] Second)
{
    public bool IsBias { get; private init; }

    public static ParameterGroup Factors(string name, bool isUser, int length, int[] counts, RidgeWeights weights, int memories) =>
        Create(name, isUser, length, counts, weights.OfFactors, memories);

    public static ParameterGroup Biases(string name, bool isUser, int[] counts, RidgeWeights weights, int memories) =>
        Create(name, isUser, 1, counts, weights.OfBias, memories) with { IsBias = true };

    private static ParameterGroup Create(string name, bool isUser, int length, int[] counts, Func<float, float> penalty, int memories)
    {
        int parameters = counts.Length * length;
        return new ParameterGroup(
            name, isUser, length, counts, Array.ConvertAll(counts, count => penalty(count)),
            new float[memories > 0 ? parameters : 0], new float[memories > 1 ? parameters : 0]);
    }
}
