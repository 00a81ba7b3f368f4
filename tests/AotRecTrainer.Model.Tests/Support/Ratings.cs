using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;

namespace AotRecTrainer.Model.Tests.Support;

/// <summary>A little data set in memory: ratings to train on and held-out ones, both sorted by user and item.</summary>
internal sealed class Ratings(int users, int items, IEnumerable<Rating> train, IEnumerable<Rating> test)
{
    public int Users { get; } = users;

    public int Items { get; } = items;

    public Rating[] Train { get; } = [.. train.OrderBy(rating => rating.User).ThenBy(rating => rating.Item)];

    public Rating[] Test { get; } = [.. test.OrderBy(rating => rating.User).ThenBy(rating => rating.Item)];

    public float Mean => Train.Length == 0 ? 0 : (float)Train.Average(rating => (double)rating.Value);

    /// <summary>Standard deviation; 1 for ratings that are all equal, as the coordinator has it.</summary>
    public float Deviation
    {
        get
        {
            double mean = Train.Average(rating => (double)rating.Value);
            double variance = Train.Average(rating => (rating.Value - mean) * (rating.Value - mean));
            return variance > 0 ? (float)Math.Sqrt(variance) : 1;
        }
    }

    public float Low => Train.Concat(Test).Min(rating => rating.Value);

    public float High => Train.Concat(Test).Max(rating => rating.Value);

    public int[] UserCounts => Counts(Users, rating => rating.User);

    public int[] ItemCounts => Counts(Items, rating => rating.Item);

    /// <summary>The shards of a data set: users in contiguous ranges.</summary>
    public ShardData[] ToShards(int count) => [.. Enumerable.Range(0, count).Select(shard =>
    {
        int first = Users * shard / count;
        int end = Users * (shard + 1) / count;
        return new ShardData(Rows(Train, first, end), Rows(Test, first, end), Low, High);
    })];

    private int[] Counts(int length, Func<Rating, int> key)
    {
        int[] counts = new int[length];
        foreach (Rating rating in Train) counts[key(rating)]++;
        return counts;
    }

    private ShardRatings Rows(Rating[] ratings, int first, int end)
    {
        Rating[] own = [.. ratings.Where(rating => rating.User >= first && rating.User < end)];
        int[] offsets = new int[end - first + 1];
        foreach (Rating rating in own) offsets[rating.User - first + 1]++;
        for (int user = 0; user < end - first; user++) offsets[user + 1] += offsets[user];
        return new ShardRatings(first, new RatingBlock(offsets, [.. own.Select(r => r.Item)], [.. own.Select(r => r.Value)], Items));
    }
}
