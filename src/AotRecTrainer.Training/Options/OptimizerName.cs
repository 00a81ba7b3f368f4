namespace AotRecTrainer.Training.Options;

/// <summary>The optimizers of batch gradient, as events name them.</summary>
public static class OptimizerName
{
    /// <summary>Momentum (Polyak's heavy ball).</summary>
    public const string Momentum = "momentum";

    /// <summary>Nesterov's accelerated gradient.</summary>
    public const string Nesterov = "nesterov";

    /// <summary>Adam.</summary>
    public const string Adam = "adam";
}
