using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Tests.Support;

/// <summary>The objective and its parts in double precision, by the plainest means.</summary>
internal static class Oracle
{
    public static double Predict(ModelParameters model, int user, int item)
    {
        int factors = model.Shape.Factors;
        double prediction = (double)model.GlobalMean + model.UserBiases[user] + model.ItemBiases[item];
        for (int f = 0; f < factors; f++)
            prediction += (double)model.UserFactors[(user * factors) + f] * model.ItemFactors[(item * factors) + f];
        return prediction;
    }

    public static double SquaredError(ModelParameters model, IEnumerable<Rating> ratings) =>
        ratings.Sum(rating => Math.Pow(rating.Value - Predict(model, rating.User, rating.Item), 2));

    /// <summary>Squared error plus every row's penalty: what alternating least squares brings down.</summary>
    public static double Objective(ModelParameters model, Ratings ratings, RidgeWeights weights) =>
        SquaredError(model, ratings.Train)
        + Penalty(model.UserFactors, model.UserBiases, ratings.UserCounts, weights)
        + Penalty(model.ItemFactors, model.ItemBiases, ratings.ItemCounts, weights);

    /// <summary>λ nᵃ + λ₀ in double precision.</summary>
    public static double Weight(float lambda, float floor, float exponent, int count) => (lambda * Math.Pow(count, exponent)) + floor;

    private static double Penalty(float[] factors, float[] biases, int[] counts, RidgeWeights weights)
    {
        int length = factors.Length / biases.Length;
        double sum = 0;
        for (int row = 0; row < biases.Length; row++)
        {
            double squares = factors.Skip(row * length).Take(length).Sum(value => (double)value * value);
            sum += Weight(weights.Factors, weights.FactorFloor, weights.Exponent, counts[row]) * squares;
            sum += Weight(weights.Bias, weights.BiasFloor, weights.Exponent, counts[row]) * biases[row] * (double)biases[row];
        }

        return sum;
    }
}
