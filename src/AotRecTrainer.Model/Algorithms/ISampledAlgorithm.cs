using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Algorithms;

/// <summary>An algorithm whose model is a set of samples: predictions are averages over them.</summary>
public interface ISampledAlgorithm : ITrainingAlgorithm
{
    /// <summary>The sample of the round just completed; null during burn-in.</summary>
    ModelParameters? Sample { get; }

    /// <summary>α of the latest sample: one over the variance of a rating around its prediction.</summary>
    double NoisePrecision { get; }
}
