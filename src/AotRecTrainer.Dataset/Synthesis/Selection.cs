namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>
/// Which items each user rates: distinct ones, popular ones more often, every item by somebody when there are enough ratings. Choices
/// are kept while they are few, and otherwise drawn again whenever they are asked for: memory grows with users and items only. For one
/// thread at a time.
/// </summary>
internal sealed class Selection
{
    /// <summary>With more ratings than this, choices are not kept.</summary>
    public const int KeptMax = 1 << 25;

    private const double TailWidth = 1.3;
    private const double WeightUnit = 1 << 20;
    private readonly long[] _weights;
    private readonly WeightTree _tree;
    private readonly CounterRandom _random;
    private readonly int[] _firsts;
    private readonly int[]? _kept;
    private readonly int[] _drawn;
    private readonly Dictionary<int, int> _replaced = [];

    /// <summary>Chooses.</summary>
    /// <param name="options">The options, without problems.</param>
    /// <param name="counts">Ratings of every user.</param>
    /// <param name="keptMax">With more ratings than this, choices are not kept.</param>
    /// <param name="cancellationToken">Stops the choosing.</param>
    public Selection(SyntheticOptions options, ReadOnlySpan<int> counts, int keptMax, CancellationToken cancellationToken)
    {
        _weights = Popularity(options);
        _tree = new WeightTree(_weights);
        _random = new CounterRandom(options.Seed, SyntheticStream.Selection);
        _firsts = new int[counts.Length + 1];
        _kept = options.Ratings <= keptMax ? new int[options.Ratings] : null;
        int most = 0;
        for (int user = 0; user < counts.Length; user++)
        {
            _firsts[user + 1] = _firsts[user] + counts[user];
            most = Math.Max(most, counts[user]);
        }

        _drawn = new int[most];
        int[] times = new int[options.Items];
        for (int user = 0; user < counts.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<int> own = _kept is null ? _drawn.AsSpan(0, counts[user]) : _kept.AsSpan(_firsts[user], counts[user]);
            Draw(user, own);
            foreach (int item in own)
            {
                times[item]++;
            }
        }

        CoverAllItems(options, times);
    }

    /// <summary>The items of a user, ascending.</summary>
    /// <param name="user">The user.</param>
    /// <param name="items">Receives them; as long as the user has ratings.</param>
    public void Choose(int user, Span<int> items)
    {
        int first = _firsts[user];
        if (_kept is not null)
        {
            _kept.AsSpan(first, items.Length).CopyTo(items);
        }
        else
        {
            Draw(user, items);
            for (int index = 0; index < items.Length; index++)
            {
                items[index] = _replaced.GetValueOrDefault(first + index, items[index]);
            }
        }

        items.Sort();
    }

    // The first choices of a user, as many as are asked for, in the order in which they are made.
    private void Draw(int user, Span<int> own)
    {
        int first = _firsts[user];
        for (int index = 0; index < own.Length; index++)
        {
            int item = _tree.Find(_random.Below(_tree.Total, (ulong)(first + index)));
            _tree.Add(item, -_weights[item]);
            own[index] = item;
        }

        foreach (int item in own)
        {
            _tree.Add(item, _weights[item]);
        }
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
    private void CoverAllItems(SyntheticOptions options, int[] times)
    {
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

            int place, other;
            do
            {
                place = (int)random.Below(options.Ratings, counter++);
                other = ChosenAt(place);
            }
            while (times[other] < 2);
            times[other]--;
            Replace(place, item);
            times[item]++;
            covered++;
        }
    }

    private int ChosenAt(int place)
    {
        if (_kept is not null)
        {
            return _kept[place];
        }

        if (_replaced.TryGetValue(place, out int item))
        {
            return item;
        }

        int user = Array.BinarySearch(_firsts, place);
        user = user < 0 ? ~user - 1 : user;
        Span<int> own = _drawn.AsSpan(0, place - _firsts[user] + 1);
        Draw(user, own);
        return own[^1];
    }

    private void Replace(int place, int item)
    {
        if (_kept is not null)
        {
            _kept[place] = item;
        }
        else
        {
            _replaced[place] = item;
        }
    }
}
