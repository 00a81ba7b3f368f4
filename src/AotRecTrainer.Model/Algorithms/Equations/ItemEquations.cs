using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>The coordinator's half of a round of equations: takes the users as they were solved, and solves the items.</summary>
internal static class ItemEquations
{
    /// <summary>Copies the users' rows of a complete sum.</summary>
    public static void TakeUsers(StatisticsSum sum, ModelParameters parameters)
    {
        sum.UserFactors.CopyTo(parameters.UserFactors, 0);
        sum.UserBiases.CopyTo(parameters.UserBiases, 0);
    }

    /// <summary>Solves every item; the sum's matrices are used up.</summary>
    public static void SolveItems(StatisticsSum sum, IRowSolver solver, int[] itemCounts, ModelParameters parameters, int threads)
    {
        int factors = parameters.Shape.Factors;
        int length = sum.Shape.MatrixLength;
        RowParallel.For(itemCounts.Length, threads, (from, to) =>
        {
            float[] vector = new float[factors + 1];
            for (int item = from; item < to; item++)
            {
                sum.ItemFactors.AsSpan(item * factors, factors).CopyTo(vector);
                vector[factors] = sum.ItemBiases[item];
                solver.Solve(item, itemCounts[item], sum.ItemMatrices.AsSpan(item * length, length), vector);
                vector.AsSpan(0, factors).CopyTo(parameters.ItemFactors.AsSpan(item * factors));
                parameters.ItemBiases[item] = vector[factors];
            }
        });
    }
}
