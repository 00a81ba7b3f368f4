using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>The rows of one shard file in memory.</summary>
internal sealed class ShardRows(int capacity, bool withTimestamps)
{
    private readonly int[] _users = new int[capacity];
    private readonly UserColumns _columns = new(capacity, withTimestamps);

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>The user of every row.</summary>
    public ReadOnlySpan<int> Users => _users.AsSpan(0, Count);

    /// <summary>Some of the rows.</summary>
    public UserRatings this[Range rows] => _columns[rows];

    /// <summary>Adds the rows of a batch.</summary>
    public void Add(RecordBatch batch)
    {
        batch[DatasetSchemas.User.Name].Values<int>().CopyTo(_users.AsSpan(Count));
        batch[DatasetSchemas.Item.Name].Values<int>().CopyTo(_columns.Items.AsSpan(Count));
        batch[DatasetSchemas.Rating.Name].Values<float>().CopyTo(_columns.Ratings.AsSpan(Count));
        if (withTimestamps)
        {
            batch[DatasetSchemas.Timestamp.Name].Values<long>().CopyTo(_columns.Timestamps.AsSpan(Count));
        }

        Count += batch.Length;
    }
}
