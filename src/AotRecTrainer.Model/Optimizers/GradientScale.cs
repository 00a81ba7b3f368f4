namespace AotRecTrainer.Model.Optimizers;

/// <summary>What a row's gradient sum is divided by before a step.</summary>
public enum GradientScale
{
    /// <summary>
    /// The square root of the row's number of ratings, but never so little that the row overshoots: converges in 50 to 100 epochs.
    /// </summary>
    SquareRootOfCount,

    /// <summary>Half the number of all ratings: the gradient of the mean squared error, as the paper has it.</summary>
    MeanOverAllRatings,
}
