using AotRecTrainer.Model;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Notices in the round it happens that the error grows without bound.</summary>
internal sealed class DivergenceGuard
{
    // The first steps may overshoot; an error this much above where training began does not come back.
    private const double GrowthMax = 3;

    /// <summary>The training error that training began with; null before it was measured.</summary>
    public double? First { get; set; }

    /// <summary>Tells the errors of a round.</summary>
    /// <exception cref="ModelException">They are not finite, or far above those of the first round.</exception>
    public void Check(ErrorSums errors)
    {
        double error = errors.TrainRmse;
        if (!double.IsFinite(error) || error > GrowthMax * (First ??= error))
            throw ModelException.Diverged($"the training error is {error:G4}, after {First ?? error:G4} in the first round");
    }
}
