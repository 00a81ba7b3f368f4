namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Ratings whose best model is known, because they were made by it.</summary>
internal static class Planted
{
    /// <summary>
    /// Ratings 3 + b_u + b_i + p·q + noise, unrounded and unclipped, of a share of all pairs; a tenth is held out.
    /// </summary>
    public static Ratings Rank(int factors, int users, int items, double density, double noise, int seed)
    {
        Random random = new(seed);
        double[][] p = Rows(users, factors, random);
        double[][] q = Rows(items, factors, random);
        List<Rating> train = [];
        List<Rating> test = [];
        for (int user = 0; user < users; user++)
        {
            for (int item = 0; item < items; item++)
            {
                if (random.NextDouble() >= density) continue;
                double value = 3 + p[user][factors] + q[item][factors] + (noise * Normal(random));
                for (int f = 0; f < factors; f++) value += p[user][f] * q[item][f];
                (random.NextDouble() < 0.1 ? test : train).Add(new Rating(user, item, (float)value));
            }
        }

        return new Ratings(users, items, train, test);
    }

    /// <summary>A draw from the standard normal distribution, by another road than the product's.</summary>
    public static double Normal(Random random)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++) sum += random.NextDouble();
        return sum;
    }

    private static double[][] Rows(int count, int factors, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, factors + 1).Select(f => (f < factors ? 0.7 : 0.4) * Normal(random)).ToArray())];
}
