using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Splits;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>Everything about a data set that is decided before its first byte is written: the split, and who is in which shard.</summary>
internal sealed class DatasetLayout
{
    // Sums are made block by block, so that they do not depend on the number of threads.
    private const int UsersPerBlock = 512;

    public DatasetLayout(RatingTable table, DatasetWriterOptions options, CancellationToken cancellationToken)
    {
        Table = table;
        Split = SplitDescription.Of(options);
        Rule = SplitRule.Create(Split, table.UserIds, table.ItemIds)!;
        if (Rule.NeedsTimestamps && !table.HasTimestamps)
        {
            throw new RatingsFormatException($"a split by {Split.Rule} needs timestamps, and the ratings have none");
        }

        TrainOfUser = new int[table.UserIds.Count];
        TestOfUser = new int[table.UserIds.Count];
        TrainOfItem = new int[table.ItemIds.Count];
        Sums = Count(cancellationToken);
        if (Sums.Count == 0)
        {
            throw new RatingsFormatException($"none of the {table.Count} ratings is left to train on ({Split}); hold out fewer");
        }

        Plan = ShardPlan.Create(TrainOfUser, options.Shards);
    }

    public RatingTable Table { get; }

    public SplitDescription Split { get; }

    public SplitRule Rule { get; }

    public int[] TrainOfUser { get; }

    public int[] TestOfUser { get; }

    public int[] TrainOfItem { get; }

    public RatingSums Sums { get; }

    public ShardPlan Plan { get; }

    private RatingSums Count(CancellationToken cancellationToken)
    {
        float pivot = Table.Open().Read(0).Ratings[0];
        var blocks = new RatingSums[(TrainOfUser.Length + UsersPerBlock - 1) / UsersPerBlock];
        var gate = new Lock();
        Parallel.For(
            0, blocks.Length, new ParallelOptions { CancellationToken = cancellationToken },
            () => new Counter(this), (block, _, counter) =>
            {
                var sums = new RatingSums(pivot);
                for (int user = block * UsersPerBlock, end = Math.Min(TrainOfUser.Length, user + UsersPerBlock); user < end; user++)
                {
                    counter.Count(user, ref sums);
                }

                blocks[block] = sums;
                return counter;
            },
            counter =>
            {
                lock (gate)
                {
                    counter.AddTo(TrainOfItem);
                }
            });
        var total = new RatingSums(pivot);
        foreach (RatingSums sums in blocks)
        {
            total.Add(sums);
        }

        return total;
    }

    private sealed class Counter(DatasetLayout layout)
    {
        private readonly RatingCursor _cursor = layout.Table.Open();
        private readonly int[] _trainOfItem = new int[layout.TrainOfItem.Length];
        private bool[] _isTest = [];

        public void Count(int user, ref RatingSums sums)
        {
            UserRatings ratings = _cursor.Read(user);
            if (_isTest.Length < ratings.Count)
            {
                _isTest = new bool[2 * ratings.Count];
            }

            Span<bool> isTest = _isTest.AsSpan(0, ratings.Count);
            layout.Rule.Mark(user, ratings, isTest);
            sums.Add(ratings.Ratings, isTest);
            ReadOnlySpan<int> items = ratings.Items;
            int[] trainOfItem = _trainOfItem;
            int train = 0;
            for (int row = 0; row < isTest.Length; row++)
            {
                int more = isTest[row] ? 0 : 1;
                trainOfItem[items[row]] += more;
                train += more;
            }

            layout.TrainOfUser[user] = train;
            layout.TestOfUser[user] = isTest.Length - train;
        }

        public void AddTo(int[] trainOfItem)
        {
            for (int item = 0; item < trainOfItem.Length; item++)
            {
                trainOfItem[item] += _trainOfItem[item];
            }
        }
    }
}
