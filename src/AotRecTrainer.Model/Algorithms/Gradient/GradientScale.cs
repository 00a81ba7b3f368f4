namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>What a row's gradient, a sum over its ratings, is multiplied by before a step.</summary>
public enum GradientScale
{
    /// <summary>
    /// One over the row's curvature (a diagonal Newton step): rows of one rating and of thousands then converge alike, in 20 to 50
    /// epochs, in whatever units ratings come.
    /// </summary>
    Curvature,

    /// <summary>Nothing: for rules whose steps do not depend on the size of the gradient.</summary>
    One,

    /// <summary>Two over the number of all ratings: the gradient of the mean squared error, as the paper has it.</summary>
    MeanOverAllRatings,
}
