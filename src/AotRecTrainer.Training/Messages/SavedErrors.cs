using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Messages;

/// <summary>Error sums as a checkpoint keeps them: to the last bit.</summary>
/// <param name="TrainSquared">Squared error of the training ratings.</param>
/// <param name="TrainRatings">Training ratings.</param>
/// <param name="TestSquared">Squared error of the held-out ratings.</param>
/// <param name="TestAbsolute">Absolute error of the held-out ratings.</param>
/// <param name="TestRatings">Held-out ratings.</param>
public sealed record SavedErrors(double TrainSquared, long TrainRatings, double TestSquared, double TestAbsolute, long TestRatings)
{
    internal static SavedErrors Of(ErrorSums errors) =>
        new(errors.TrainSquared, errors.TrainRatings, errors.TestSquared, errors.TestAbsolute, errors.TestRatings);

    internal ErrorSums ToSums() => new(TrainSquared, TrainRatings, TestSquared, TestAbsolute, TestRatings);
}
