namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>Which items each user rates: distinct ones, popular ones more often, every item by somebody when there are enough ratings.</summary>
internal static class Selection
{
    private const double TailWidth = 1.3;
    private const double WeightUnit = 1 << 20;

    /// <summary>Chooses items for every user.</summary>
    /// <param name="options">The options, without problems.</param>
    /// <param name="counts">Ratings of every user.</param>
    /// <returns>Item indices user by user, ascending within a user.</returns>
    public static int[] Choose(SyntheticOptions options, ReadOnlySpan<int> counts)
    {
        long[] weights = Popularity(options);
        var tree = new WeightTree(weights);
        var random = new CounterRandom(options.Seed, SyntheticStream.Selection);
        int[] chosen = new int[options.Ratings];
        int first = 0;
        foreach (int count in counts)
        {
            Span<int> own = chosen.AsSpan(first, count);
            for (int index = 0; index < count; index++)
            {
                int item = tree.Find(random.Below(tree.Total, (ulong)(first + index)));
                tree.Add(item, -weights[item]);
                own[index] = item;
            }

            foreach (int item in own)
            {
                tree.Add(item, weights[item]);
            }

            first += count;
        }

        CoverAllItems(options, chosen);
        first = 0;
        foreach (int count in counts)
        {
            chosen.AsSpan(first, count).Sort();
            first += count;
        }

        return chosen;
    }

    // Integers, so that sums come out the same in any order.
    private static long[] Popularity(SyntheticOptions options)
    {
        var random = new CounterRandom(options.Seed, SyntheticStream.Popularity);
        long[] weights = new long[options.Items];
        for (int item = 0; item < weights.Length; item++)
        {
            weights[item] = 1 + (long)(WeightUnit * PortableMath.Exp(TailWidth * random.Normal((ulong)item)));
        }

        return weights;
    }

    // An item that nobody chose takes the place of one that several chose; being nobody's, it is new to any user.
    private static void CoverAllItems(SyntheticOptions options, int[] chosen)
    {
        int[] times = new int[options.Items];
        foreach (int item in chosen)
        {
            times[item]++;
        }

        var random = new CounterRandom(options.Seed, SyntheticStream.Coverage);
        ulong counter = 0;
        int covered = options.Items - times.AsSpan().Count(0);
        int reachable = Math.Min(options.Items, options.Ratings);
        for (int item = 0; item < times.Length && covered < reachable; item++)
        {
            if (times[item] > 0)
            {
                continue;
            }

            int place;
            do
            {
                place = (int)random.Below(chosen.Length, counter++);
            }
            while (times[chosen[place]] < 2);
            times[chosen[place]]--;
            chosen[place] = item;
            times[item]++;
            covered++;
        }
    }
}
