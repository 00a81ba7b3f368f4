namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>Least squares among solutions without negative values: the active sets of Lawson and Hanson, on normal equations.</summary>
internal static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-10;

    /// <summary>The x of 0 or more that makes |A x - b|² least.</summary>
    /// <param name="rows">A, row by row, all of one length.</param>
    /// <param name="right">b, a value for each row.</param>
    /// <returns>x; 0 where a column is 0.</returns>
    public static double[] Solve(IReadOnlyList<double[]> rows, IReadOnlyList<double> right)
    {
        if (rows.Count != right.Count) throw new ArgumentException($"{right.Count} values, expected {rows.Count}, one for each row", nameof(right));
        int width = rows.Count == 0 ? 0 : rows[0].Length;
        double[] scale = [.. Enumerable.Range(0, width).Select(column => Math.Sqrt(rows.Sum(row => row[column] * row[column])))];
        double[,] squares = new double[width, width];
        double[] target = new double[width];
        for (int i = 0; i < width; i++)
        {
            if (scale[i] == 0) continue;
            for (int row = 0; row < rows.Count; row++) target[i] += rows[row][i] / scale[i] * right[row];
            for (int j = 0; j < width; j++)
            {
                if (scale[j] > 0) squares[i, j] = rows.Sum(row => row[i] / scale[i] * (row[j] / scale[j]));
            }
        }

        double[] solution = SolveScaled(squares, target);
        return [.. solution.Select((value, column) => scale[column] > 0 ? value / scale[column] : 0)];
    }

    private static double[] SolveScaled(double[,] squares, double[] target)
    {
        int width = target.Length;
        double[] solution = new double[width];
        List<int> free = [];

        // Each turn frees a column that lessens the error; the bound is far above what is ever needed.
        for (int turn = 0; turn < 10 * (width + 1); turn++)
        {
            int best = BestColumn(squares, target, solution, free);
            if (best < 0) break;
            free.Add(best);
            while (true)
            {
                double[] trial = SolveFree(squares, target, free);
                double step = 1;
                for (int i = 0; i < free.Count; i++)
                {
                    double from = solution[free[i]];
                    if (trial[i] <= 0 && from > trial[i]) step = Math.Min(step, from / (from - trial[i]));
                }

                for (int i = 0; i < free.Count; i++) solution[free[i]] += step * (trial[i] - solution[free[i]]);
                if (step == 1) break;
                foreach (int column in free.Where(column => solution[column] <= Tolerance)) solution[column] = 0;
                free.RemoveAll(column => solution[column] == 0);
            }
        }

        return solution;
    }

    private static int BestColumn(double[,] squares, double[] target, double[] solution, List<int> free)
    {
        int best = -1;
        double most = Tolerance;
        for (int i = 0; i < target.Length; i++)
        {
            if (free.Contains(i)) continue;
            double slope = target[i];
            for (int j = 0; j < target.Length; j++) slope -= squares[i, j] * solution[j];
            if (slope > most) (best, most) = (i, slope);
        }

        return best;
    }

    /// <summary>The least squares of the free columns alone, by Cholesky; a breath on the diagonal keeps columns apart that are alike.</summary>
    private static double[] SolveFree(double[,] squares, double[] target, List<int> free)
    {
        int n = free.Count;
        double[,] factor = new double[n, n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
        {
            double value = target[free[i]];
            for (int j = 0; j <= i; j++)
            {
                double sum = squares[free[i], free[j]] + (i == j ? Tolerance * Tolerance : 0);
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, Tolerance)) : sum / factor[j, j];
                if (j < i) value -= factor[i, j] * x[j];
            }

            x[i] = value / factor[i, i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }

        return x;
    }
}
