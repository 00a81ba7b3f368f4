namespace AotRecTrainer.Training.Options;

/// <summary>
/// The configuration of the paper this project starts from: gradient descent on the mean squared error of all ratings, learning
/// rate 0.01, momentum 0.9, three factors, no regularization.
/// </summary>
internal static class PaperPreset
{
    public const string Name = "paper";
    public const int Factors = 3;
    public const double LearningRate = 0.01;
    public const double Momentum = 0.9;
    public const double Regularization = 0;
    public const string Optimizer = OptimizerName.Momentum;
}
