using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>
/// The bytes of the shards of a data set, one after the other in the same memory; the same for the same layout. For one thread at a time.
/// </summary>
/// <param name="layout">The layout.</param>
internal sealed class ShardEncoder(DatasetLayout layout) : IDisposable
{
    private readonly RatingCursor _cursor = layout.Table.Open();
    private readonly RatingFileWriter _train = new(isTest: false, layout.Table.HasTimestamps);
    private readonly RatingFileWriter _test = new(isTest: true, layout.Table.HasTimestamps);
    private bool[] _marks = [];

    /// <summary>The train and the test ratings of a shard, valid until the next one.</summary>
    public (EncodedFile Train, EncodedFile Test) Encode(int shard, CancellationToken cancellationToken)
    {
        int first = layout.Plan.ShardFirst[shard];
        ReadOnlySpan<int> members = layout.Plan.UserOrder.AsSpan(first..layout.Plan.ShardFirst[shard + 1]);
        long trainRows = 0, testRows = 0;
        foreach (int user in members)
        {
            trainRows += layout.TrainOfUser[user];
            testRows += layout.TestOfUser[user];
        }

        _train.Begin(trainRows);
        _test.Begin(testRows);
        for (int member = 0; member < members.Length; member++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserRatings ratings = _cursor.Read(members[member]);
            Span<bool> isTest = Marks(ratings.Count);
            layout.Rule.Mark(members[member], ratings, isTest);
            _train.Add(first + member, ratings, isTest);
            _test.Add(first + member, ratings, isTest);
        }

        return (_train.Close(), _test.Close());
    }

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
    }

    private Span<bool> Marks(int count)
    {
        if (_marks.Length < count)
        {
            _marks = new bool[2 * count];
        }

        return _marks.AsSpan(0, count);
    }
}
