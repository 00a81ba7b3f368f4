using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Gradient;

/// <summary>
/// The coordinator's steps in double precision, written from the published update rules: gradients come from the objective itself, and
/// nothing is shared with the product but the meaning of its options.
/// </summary>
internal sealed class StepOracle(Ratings ratings, ModelParameters start, string rule, double momentum, GradientOptions options)
{
    private readonly double[][] _values = [.. Groups(start).Select(values => values.Select(value => (double)value).ToArray())];
    private readonly double[][] _first = [.. Groups(start).Select(values => new double[values.Length])];
    private readonly double[][] _second = [.. Groups(start).Select(values => new double[values.Length])];
    private readonly int _factors = start.Shape.Factors;
    private double _squaredError = double.PositiveInfinity;
    private int _step;

    /// <summary>How often the velocity was thrown away.</summary>
    public int Restarts { get; private set; }

    /// <summary>User factors, user biases, item factors, item biases.</summary>
    public double[][] Values => _values;

    public static float[][] Groups(ModelParameters model) => [model.UserFactors, model.UserBiases, model.ItemFactors, model.ItemBiases];

    public void Step()
    {
        _step++;
        double[][] gradients = Gradients(out double squaredError);

        // Adaptive restart: a step that made the error worse by more than half a percent loses its velocity.
        if (squaredError > _squaredError * 1.005 * 1.005 && options.Scale == GradientScale.Curvature)
        {
            foreach (double[] velocity in _first) Array.Clear(velocity);
            Restarts++;
        }

        _squaredError = squaredError;
        double[] curvatures = [Curvature(2, ratings.ItemCounts), 1, Curvature(0, ratings.UserCounts), 1];
        for (int group = 0; group < 4; group++) StepGroup(group, gradients[group], curvatures[group]);
    }

    private void StepGroup(int group, double[] gradient, double curvature)
    {
        bool isBias = group % 2 == 1;
        int[] counts = group < 2 ? ratings.UserCounts : ratings.ItemCounts;
        RidgeWeights weights = options.Weights;
        for (int i = 0; i < gradient.Length; i++)
        {
            int count = counts[isBias ? i : i / _factors];
            if (count == 0) continue;
            double penalty = isBias
                ? Oracle.Weight(weights.Bias, weights.BiasFloor, weights.Exponent, count)
                : Oracle.Weight(weights.Factors, weights.FactorFloor, weights.Exponent, count);
            double slope = gradient[i] + (penalty * _values[group][i]);
            slope *= options.Scale switch
            {
                GradientScale.Curvature => (isBias ? 3 : 5) / ((count * curvature) + penalty),
                GradientScale.MeanOverAllRatings => 2.0 / ratings.Train.Length,
                _ => 1,
            };
            double unit = options.Scale != GradientScale.One ? 1 : isBias ? options.RatingDeviation : Math.Sqrt(options.RatingDeviation);
            _values[group][i] -= options.LearningRate * unit * Direction(group, i, slope);
        }
    }

    private double Direction(int group, int i, double slope)
    {
        ref double first = ref _first[group][i];
        ref double second = ref _second[group][i];
        switch (rule)
        {
            case "momentum":
                first = (momentum * first) + slope;
                return first;
            case "nesterov":
                first = (momentum * first) + slope;
                return slope + (momentum * first);
            default:
                first = (momentum * first) + ((1 - momentum) * slope);
                second = (0.999 * second) + (0.001 * slope * slope);
                return first / (1 - Math.Pow(momentum, _step)) / (Math.Sqrt(second / (1 - Math.Pow(0.999, _step))) + 1e-8);
        }
    }

    /// <summary>The mean over ratings of the squared length of the other side's vector, and never less than a tenth of σ.</summary>
    private double Curvature(int group, int[] counts)
    {
        double sum = 0;
        for (int i = 0; i < _values[group].Length; i++) sum += counts[i / _factors] * _values[group][i] * _values[group][i];
        return Math.Max(sum / ratings.Train.Length, 0.1 * options.RatingDeviation);
    }

    private double[][] Gradients(out double squaredError)
    {
        squaredError = 0;
        double[][] gradients = [.. _values.Select(values => new double[values.Length])];
        foreach (Rating rating in ratings.Train)
        {
            int p = rating.User * _factors;
            int q = rating.Item * _factors;
            double error = start.GlobalMean + _values[1][rating.User] + _values[3][rating.Item] - rating.Value;
            for (int f = 0; f < _factors; f++) error += _values[0][p + f] * _values[2][q + f];
            squaredError += error * error;
            gradients[1][rating.User] += error;
            gradients[3][rating.Item] += error;
            for (int f = 0; f < _factors; f++)
            {
                gradients[0][p + f] += error * _values[2][q + f];
                gradients[2][q + f] += error * _values[0][p + f];
            }
        }

        return gradients;
    }
}
