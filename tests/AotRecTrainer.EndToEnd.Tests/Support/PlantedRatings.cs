using System.Globalization;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>
/// Ratings with a known origin: r = 3.5 + a_u + b_i + 0.8 s_u t_i, rounded to halves and kept in 0.5 .. 5, with s and t plus or minus
/// one. Only a model with biases and a factor explains them.
/// </summary>
internal static class PlantedRatings
{
    /// <summary>Writes <c>ratings.csv</c>, and <c>movies.csv</c> with a title for every item, into a folder.</summary>
    /// <returns>How many ratings there are.</returns>
    public static int Write(string folder, int users, int items, int perUser, int seed = 7)
    {
        Directory.CreateDirectory(folder);
        Random random = new(seed);
        double[] userBias = Draw(random, users);
        double[] itemBias = Draw(random, items);
        using StreamWriter ratings = new(Path.Combine(folder, "ratings.csv"));
        ratings.WriteLine("userId,movieId,rating,timestamp");
        for (int user = 0; user < users; user++)
        {
            foreach (int item in Enumerable.Range(0, items).OrderBy(_ => random.Next()).Take(perUser).Order())
            {
                double planted = 3.5 + userBias[user] + itemBias[item] + (0.8 * (user % 2 == 0 ? 1 : -1) * (item % 2 == 0 ? 1 : -1));
                double stars = Math.Clamp(Math.Round(planted * 2) / 2, 0.5, 5);
                ratings.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{user + 1},{(item + 1) * 10},{stars:F1},{1_000_000_000 + user}"));
            }
        }

        using StreamWriter titles = new(Path.Combine(folder, "movies.csv"));
        titles.WriteLine("movieId,title,genres");
        for (int item = 0; item < items; item++) titles.WriteLine($"{(item + 1) * 10},Film {item + 1} (1999),Drama");
        return users * perUser;
    }

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * 1.2)];
}
