using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>Little data sets, made once and copied into every test's own memory.</summary>
internal static class LittleData
{
    private static readonly ConcurrentDictionary<(int Users, int Items, int Shards, int FirstUser), MemoryObjects> Made = new();

    /// <summary>Writes a data set of planted ratings: whole stars of 1 to 5, original ids that are not indices.</summary>
    public static void Write(MemoryObjects target, string location, int users, int items, int shards, int firstUser)
    {
        MemoryObjects made = Made.GetOrAdd((users, items, shards, firstUser), Make);
        foreach (string key in made.Keys) target[location + key["mem://made".Length..]] = made[key];
    }

    private static MemoryObjects Make((int Users, int Items, int Shards, int FirstUser) size)
    {
        StringBuilder lines = new("userId,movieId,rating\n");
        Random random = new(Seed: 77);
        double[] quality = [.. Enumerable.Range(0, size.Items).Select(_ => random.NextDouble())];
        double[] taste = [.. Enumerable.Range(0, size.Items).Select(_ => random.NextDouble() - 0.5)];
        for (int user = size.FirstUser; user < size.FirstUser + size.Users; user++)
        {
            // By the user's own stream: a data set with more users has the same ratings of these.
            Random own = new(1000 + user);
            double liking = (own.NextDouble() - 0.5) * 4;
            for (int item = 0; item < size.Items; item++)
            {
                if (own.NextDouble() > 0.5 && item != user % size.Items) continue;
                double stars = 2 + (2 * quality[item]) + (2 * liking * taste[item]) + own.NextDouble();
                lines.Append(CultureInfo.InvariantCulture, $"{user + 100},{(item * 7) + 3},{Math.Clamp((int)stars, 1, 5)}\n");
            }
        }

        RatingTable table = RatingsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), "made.csv");
        MemoryObjects objects = new();
        DatasetWriter writer = new(objects.Open("mem://made"), new DatasetWriterOptions { Shards = size.Shards, Holdout = 0.1, Seed = 5 });
        writer.WriteAsync(table).GetAwaiter().GetResult();
        return objects;
    }
}
