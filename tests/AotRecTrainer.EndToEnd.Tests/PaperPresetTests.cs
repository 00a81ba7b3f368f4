using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>The paper's configuration, recomputed here in double precision in a few lines.</summary>
public sealed class PaperPresetTests
{
    private const double LearningRate = 0.01;
    private const double Momentum = 0.9;
    private const int Epochs = 12;

    [Fact]
    public async Task Paper_TinyData_TakesTheStepsOfThePapersUpdate()
    {
        using TemporaryFolder folder = new();
        PlantedRatings.Write(folder["source"], users: 15, items: 12, perUser: 8);
        (await ProgramRun.OfAsync(Checkout.DataPrep, "shard", "--input", folder["source"], "--output", folder["dataset"], "--shards", "3"))
            .ShouldSucceed();
        (int User, int Item, float Rating)[] ratings = Ratings.Read(folder["dataset"], "train");

        // One step of no length leaves the model as it starts.
        await Training.RunAsync(folder["dataset"], folder["runs"], "--run start --preset paper --epochs 1 --learning-rate 1e-35");
        Training trained = await Training.RunAsync(folder["dataset"], folder["runs"], $"--run paper --preset paper --epochs {Epochs}");
        double[] start = Flatten(folder["runs/start/model"], out int factors);
        double[] found = Flatten(folder["runs/paper/model"], out _);
        Assert.Equal(3, factors);
        (double[] expected, double rmse) = Descend(start, ratings, factors);

        // Compared are the ways from the start, which are far shorter than the values: float's precision is relative to those.
        for (int i = 0; i < start.Length; i++) Assert.Equal(expected[i] - start[i], found[i] - start[i], tolerance: 2e-6);
        Assert.True(expected.Zip(start, (to, from) => Math.Abs(to - from)).Max() > 1e-2, "the model hardly moved: the test would see nothing");
        Assert.Equal(rmse, trained.TrainRmse, tolerance: 1e-6);
    }

    /// <summary>Gradient descent with momentum on the mean squared error of mu + b_u + b_i + p_u . q_i, biases starting at zero.</summary>
    private static (double[] Parameters, double Rmse) Descend(double[] start, (int User, int Item, float Rating)[] ratings, int factors)
    {
        double[] x = [.. start];
        double[] velocity = new double[x.Length];
        int width = factors + 1;
        int items = 15 * width;
        double mean = ratings.Average(rated => rated.Rating);
        double squares = 0;
        for (int epoch = 0; epoch <= Epochs; epoch++)
        {
            double[] gradient = new double[x.Length];
            squares = 0;
            foreach ((int user, int item, float rating) in ratings)
            {
                int u = user * width;
                int i = items + (item * width);
                double residual = rating - (mean + x[u] + x[i] + Enumerable.Range(1, factors).Sum(f => x[u + f] * x[i + f]));
                squares += residual * residual;
                gradient[u] -= 2 * residual / ratings.Length;
                gradient[i] -= 2 * residual / ratings.Length;
                for (int f = 1; f <= factors; f++)
                {
                    gradient[u + f] -= 2 * residual * x[i + f] / ratings.Length;
                    gradient[i + f] -= 2 * residual * x[u + f] / ratings.Length;
                }
            }

            if (epoch == Epochs) break;
            for (int j = 0; j < x.Length; j++)
            {
                velocity[j] = (Momentum * velocity[j]) + gradient[j];
                x[j] -= LearningRate * velocity[j];
            }
        }

        return (x, Math.Sqrt(squares / ratings.Length));
    }

    /// <summary>Users, then items, each a bias and its factors.</summary>
    private static double[] Flatten(string model, out int factors)
    {
        FactorTable users = FactorTable.Read(Path.Combine(model, "user_factors.parquet"));
        FactorTable items = FactorTable.Read(Path.Combine(model, "item_factors.parquet"));
        factors = users.Factors[0].Length;
        return [.. Rows(users), .. Rows(items)];

        static IEnumerable<double> Rows(FactorTable table) => table.Biases.Zip(table.Factors)
            .SelectMany(row => row.Second.Select(factor => (double)factor).Prepend(row.First));
    }
}
