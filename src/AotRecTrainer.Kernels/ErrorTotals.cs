using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels;

/// <summary>Sums from which RMSE and MAE follow; totals of several blocks add up.</summary>
/// <param name="SquaredError">Sum of squared residuals of the clipped predictions.</param>
/// <param name="AbsoluteError">Sum of absolute residuals of the clipped predictions.</param>
/// <param name="Ratings">Number of ratings behind the sums.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ErrorTotals(double SquaredError, double AbsoluteError, long Ratings)
{
    /// <summary>Root mean squared error; NaN without ratings.</summary>
    public double RootMeanSquare => Math.Sqrt(SquaredError / Ratings);

    /// <summary>Mean absolute error; NaN without ratings.</summary>
    public double MeanAbsolute => AbsoluteError / Ratings;

    /// <summary>Adds the sums and the counts.</summary>
    public static ErrorTotals operator +(ErrorTotals left, ErrorTotals right) => Add(left, right);

    /// <summary>Adds the sums and the counts.</summary>
    public static ErrorTotals Add(ErrorTotals left, ErrorTotals right) =>
        new(left.SquaredError + right.SquaredError, left.AbsoluteError + right.AbsoluteError, left.Ratings + right.Ratings);
}
