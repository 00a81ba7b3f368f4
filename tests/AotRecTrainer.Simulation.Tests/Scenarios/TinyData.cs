using System.Globalization;
using System.Text;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>Planted data sets so small that a whole training takes a few milliseconds; made once, read by every world.</summary>
internal static class TinyData
{
    private static readonly Dictionary<string, byte[]> Objects = Make([(12, 6, 3), (20, 8, 5), (24, 7, 8)]);

    /// <summary>Locations of the data sets, of 3, 5 and 8 shards.</summary>
    public static string[] Locations { get; } = [LocationOf(0), LocationOf(1), LocationOf(2)];

    /// <summary>An object by its full location; null when it is not of any data set.</summary>
    public static byte[]? Find(string location) => Objects.GetValueOrDefault(location);

    private static string LocationOf(int number) => $"mem://data/{number}";

    private static Dictionary<string, byte[]> Make((int Users, int Items, int Shards)[] sizes)
    {
        MemoryObjects made = new();
        for (int number = 0; number < sizes.Length; number++)
        {
            (int users, int items, int shards) = sizes[number];
            RatingTable table = RatingsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Ratings(users, items))), "planted.csv");
            DatasetWriter writer = new(made.Open(LocationOf(number)), new DatasetWriterOptions { Shards = shards, Holdout = 0.15, Seed = 5 });
            writer.WriteAsync(table).GetAwaiter().GetResult();
        }

        return made.Keys.ToDictionary(key => key, key => made[key]!, StringComparer.Ordinal);
    }

    /// <summary>Stars by quality of the item and taste of the user, with some noise: enough to learn, and enough to learn too much.</summary>
    private static string Ratings(int users, int items)
    {
        StringBuilder lines = new("userId,movieId,rating\n");
        Random random = new(Seed: 77);
        double[] quality = [.. Enumerable.Range(0, items).Select(_ => random.NextDouble())];
        double[] taste = [.. Enumerable.Range(0, items).Select(_ => random.NextDouble() - 0.5)];
        for (int user = 0; user < users; user++)
        {
            double liking = (random.NextDouble() - 0.5) * 4;
            for (int item = 0; item < items; item++)
            {
                if (random.NextDouble() > 0.7 && item != user % items) continue;
                double stars = 2 + (2 * quality[item]) + (2 * liking * taste[item]) + random.NextDouble();
                lines.Append(CultureInfo.InvariantCulture, $"{user + 100},{(item * 7) + 3},{Math.Clamp((int)stars, 1, 5)}\n");
            }
        }

        return lines.ToString();
    }
}
