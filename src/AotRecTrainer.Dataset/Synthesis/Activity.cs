namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>How many ratings each user gives: at least 20, the rest shared out with a long tail, exactly the number asked for.</summary>
internal static class Activity
{
    private const double TailWidth = 1.15;

    // The busiest MovieLens-1M user rated 62 % of all items.
    private const double ShareOfItemsMax = 0.625;

    public static int[] Plan(SyntheticOptions options)
    {
        var random = new CounterRandom(options.Seed, SyntheticStream.Activity);
        double[] weights = new double[options.Users];
        int[] counts = new int[options.Users];
        for (int user = 0; user < weights.Length; user++)
        {
            weights[user] = PortableMath.Exp(TailWidth * random.Normal((ulong)user));
            counts[user] = SyntheticOptions.RatingsPerUserMin;
        }

        int ceiling = Math.Max(SyntheticOptions.RatingsPerUserMin, (int)(options.Items * ShareOfItemsMax));
        if ((long)ceiling * options.Users < options.Ratings)
        {
            ceiling = options.Items;
        }

        Share(options.Ratings - (options.Users * SyntheticOptions.RatingsPerUserMin), counts, weights, ceiling);
        return counts;
    }

    // What a full user cannot take is shared among the others, until less is left than there are users with room.
    private static void Share(int remaining, int[] counts, double[] weights, int ceiling)
    {
        while (remaining > 0)
        {
            double room = 0;
            for (int user = 0; user < counts.Length; user++)
            {
                room += counts[user] < ceiling ? weights[user] : 0;
            }

            int before = remaining;
            double perWeight = remaining / room;
            for (int user = 0; user < counts.Length && remaining > 0; user++)
            {
                int more = (int)Math.Min(Math.Min(weights[user] * perWeight, ceiling - counts[user]), remaining);
                counts[user] += more;
                remaining -= more;
            }

            if (remaining == before)
            {
                remaining = TopUp(counts, ceiling, remaining);
            }
        }
    }

    private static int TopUp(int[] counts, int ceiling, int remaining)
    {
        for (int user = 0; user < counts.Length && remaining > 0; user++)
        {
            if (counts[user] < ceiling)
            {
                counts[user]++;
                remaining--;
            }
        }

        return remaining;
    }
}
