using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Workload;

/// <summary>Ratings with the shape of MovieLens-1M: as many users, items and ratings, with activities and popularities as skewed.</summary>
internal static class Ratings
{
    public const int Users = 6_040;
    public const int Items = 3_706;
    public const int Count = 1_000_209;
    public const float Mean = 3.58f;

    private const int FewestOfUser = 20;
    private const int MostOfUser = 2_314;

    // Means over medians there are 165.6/96 for users and 269.9/123.5 for items: what log-normal laws of these widths give.
    private const double UserSkew = 1.04;
    private const double ItemSkew = 1.25;

    public static RatingBlock Create()
    {
        var random = new Random(20_000_229);
        int[] offsets = Offsets(random);
        double[] popularity = new double[Items];
        double total = 0;
        for (int i = 0; i < Items; i++)
        {
            total += Math.Exp(ItemSkew * Normal(random));
            popularity[i] = total;
        }

        int[] items = new int[Count];
        for (int u = 0; u < Users; u++)
        {
            Draw(items.AsSpan(offsets[u]..offsets[u + 1]), popularity, random);
        }

        float[] ratings = [.. items.Select(_ => (float)random.Next(1, 6))];
        return new RatingBlock(offsets, items, ratings, Items);
    }

    private static int[] Offsets(Random random)
    {
        double[] activity = [.. Enumerable.Range(0, Users).Select(_ => Math.Exp(UserSkew * Normal(random)))];
        double share = (Count - ((double)FewestOfUser * Users)) / activity.Sum();
        int[] counts = [.. activity.Select(a => Math.Min(FewestOfUser + (int)(a * share), MostOfUser))];
        for (int missing = Count - counts.Sum(); missing > 0;)
        {
            int user = random.Next(Users);
            if (counts[user] < MostOfUser)
            {
                counts[user]++;
                missing--;
            }
        }

        int[] offsets = new int[Users + 1];
        for (int u = 0; u < Users; u++)
        {
            offsets[u + 1] = offsets[u] + counts[u];
        }

        return offsets;
    }

    /// <summary>Different items, popular ones first to be met, in rising order.</summary>
    private static void Draw(Span<int> items, double[] popularity, Random random)
    {
        var drawn = new HashSet<int>();
        while (drawn.Count < items.Length)
        {
            int at = Array.BinarySearch(popularity, random.NextDouble() * popularity[^1]);
            drawn.Add(Math.Min(at < 0 ? ~at : at, Items - 1));
        }

        int next = 0;
        foreach (int item in drawn.Order())
        {
            items[next++] = item;
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
