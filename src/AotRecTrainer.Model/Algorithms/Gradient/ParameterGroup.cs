namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>One of the four arrays of parameters, with what an update rule remembers of it.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="IsUser">True for the users' side.</param>
/// <param name="IsBias">True for biases, whose rows are one number.</param>
/// <param name="First">First memory of every parameter; empty when the rule has none.</param>
/// <param name="Second">Second memory of every parameter; empty when the rule has none.</param>
internal sealed record ParameterGroup(string Name, bool IsUser, bool IsBias, float[] First, float[] Second)
{
    public static ParameterGroup Create(string name, bool isUser, bool isBias, int parameters, int memories) =>
        new(name, isUser, isBias, new float[memories > 0 ? parameters : 0], new float[memories > 1 ? parameters : 0]);
}
