namespace AotRecTrainer.Model.Optimizers;

/// <summary>Settings of gradient descent with momentum.</summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Momentum">Share of the last step that is kept, in [0, 1).</param>
/// <param name="Regularization">λ of the L2 penalty ½ λ n ‖row‖², with n the row's number of ratings; at least 0.</param>
/// <param name="Scale">What a row's gradient is divided by.</param>
public sealed record MomentumOptions(float LearningRate, float Momentum, float Regularization, GradientScale Scale);
