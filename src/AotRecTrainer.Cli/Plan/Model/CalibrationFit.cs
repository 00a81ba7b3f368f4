namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>
/// Finds the coefficients that runs speak for. Errors count relative to the time of the run, so that short runs count as much as long
/// ones. What the runs say nothing about keeps its proportion to the rest: a machine that is twice as slow is so in everything until more
/// is known.
/// </summary>
internal static class CalibrationFit
{
    // So weak that a handful of runs outweighs it wherever they say anything.
    private const double PriorWeight = 0.01;

    /// <summary>The coefficients, in the order of <see cref="CostTerms.All"/>, none negative.</summary>
    /// <param name="runs">What was measured; none gives <paramref name="prior"/> back.</param>
    /// <param name="prior">The coefficients before; null holds nothing to be likely.</param>
    public static double[] Fit(IReadOnlyList<Observation> runs, double[]? prior = null)
    {
        int width = CostTerms.All.Count;
        prior = prior is null ? null : Stretch(prior, runs);
        double[] unit = [.. Enumerable.Range(0, width).Select(i => prior is not null && prior[i] > 0 ? prior[i] : 1)];
        List<double[]> rows = [];
        List<double> right = [];
        foreach (Observation run in runs)
        {
            double[] weights = [.. CostTerms.All.Select((term, i) => unit[i] * term.Weight(run.Work, run.Setting) / run.Milliseconds)];
            rows.Add(weights);
            right.Add(1);
            foreach ((Part part, double milliseconds) in run.Parts)
            {
                rows.Add([.. weights.Select((weight, i) => CostTerms.All[i].Part == part ? weight : 0)]);
                right.Add(milliseconds / run.Milliseconds);
            }
        }

        for (int i = 0; prior is not null && i < width; i++)
        {
            double[] row = new double[width];
            row[i] = PriorWeight;
            rows.Add(row);
            right.Add(PriorWeight * prior[i] / unit[i]);
        }

        double[] found = NonNegativeLeastSquares.Solve(rows, right);
        return [.. Enumerable.Range(0, width).Select(i => rows.Count == 0 ? 0 : found[i] * unit[i])];
    }

    /// <summary>Median of |forecast / measured - 1|; 0 without runs.</summary>
    public static double MedianError(IReadOnlyList<Observation> runs, double[] coefficients) =>
        runs.Count == 0 ? 0 : Median(runs.Select(run => Math.Abs((CostTerms.Milliseconds(coefficients, run.Work, run.Setting) / run.Milliseconds) - 1)));

    private static double[] Stretch(double[] prior, IReadOnlyList<Observation> runs)
    {
        if (runs.Count == 0) return prior;
        double forecast = Median(runs.Select(run => CostTerms.Milliseconds(prior, run.Work, run.Setting) / run.Milliseconds));
        return forecast > 0 ? [.. prior.Select(value => value / forecast)] : prior;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
