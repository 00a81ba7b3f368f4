namespace AotRecTrainer.Model.Statistics;

/// <summary>Additive error sums of a round: of the training ratings (unclipped predictions) and of the held-out ones (clipped).</summary>
public readonly record struct ErrorSums(
    double TrainSquared, long TrainRatings, double TestSquared, double TestAbsolute, long TestRatings)
{
    /// <summary>Root-mean-square error on the training ratings; NaN when there are none.</summary>
    public double TrainRmse => Math.Sqrt(TrainSquared / TrainRatings);

    /// <summary>Root-mean-square error on the held-out ratings; NaN when there are none.</summary>
    public double TestRmse => Math.Sqrt(TestSquared / TestRatings);

    /// <summary>Mean absolute error on the held-out ratings; NaN when there are none.</summary>
    public double TestMae => TestAbsolute / TestRatings;

    /// <summary>Adds two disjoint sets of ratings.</summary>
    public static ErrorSums operator +(ErrorSums left, ErrorSums right) => new(
        left.TrainSquared + right.TrainSquared,
        left.TrainRatings + right.TrainRatings,
        left.TestSquared + right.TestSquared,
        left.TestAbsolute + right.TestAbsolute,
        left.TestRatings + right.TestRatings);

    /// <summary>The named form of <c>+</c>.</summary>
    public static ErrorSums Add(ErrorSums left, ErrorSums right) => left + right;
}
