namespace AotRecTrainer.Dataset.Writing;

/// <summary>
/// Deals users out to shards so that every shard has about as many train ratings: the busiest user first, each to the shard with the
/// fewest ratings so far (longest processing time first).
/// </summary>
public sealed class ShardPlan
{
    private ShardPlan(int[] userOrder, int[] shardFirst)
    {
        UserOrder = userOrder;
        ShardFirst = shardFirst;
    }

    /// <summary>For every user index of the data set, the place of that user in the input.</summary>
    public int[] UserOrder { get; }

    /// <summary>The first user index of every shard, and behind the last the number of users.</summary>
    public int[] ShardFirst { get; }

    /// <summary>Number of shards.</summary>
    public int ShardCount => ShardFirst.Length - 1;

    /// <summary>Makes a plan; equal input gives an equal plan.</summary>
    /// <param name="ratingsOfUser">Train ratings of every user, users in ascending order of id; may be zero.</param>
    /// <param name="shards">Number of shards wanted, at least 1; with fewer users than that, every user is a shard.</param>
    public static ShardPlan Create(ReadOnlySpan<int> ratingsOfUser, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        int users = ratingsOfUser.Length;
        shards = Math.Min(shards, users);
        int[] busiestFirst = new int[users];
        long[] keys = new long[users];
        for (int user = 0; user < users; user++)
        {
            busiestFirst[user] = user;
            keys[user] = ((long)(int.MaxValue - ratingsOfUser[user]) << 32) | (uint)user;
        }

        Array.Sort(keys, busiestFirst);

        // Among shards with equally few ratings the one with the fewest users is next, so none stays empty.
        var next = new PriorityQueue<int, (long Ratings, int Users, int Shard)>(
            Enumerable.Range(0, shards).Select(shard => (shard, (0L, 0, shard))));
        int[] shardOfUser = new int[users];
        int[] shardFirst = new int[shards + 1];
        foreach (int user in busiestFirst)
        {
            next.TryDequeue(out int shard, out (long Ratings, int Users, int Shard) load);
            shardOfUser[user] = shard;
            shardFirst[shard + 1]++;
            next.Enqueue(shard, (load.Ratings + ratingsOfUser[user], load.Users + 1, shard));
        }

        for (int shard = 0; shard < shards; shard++)
        {
            shardFirst[shard + 1] += shardFirst[shard];
        }

        int[] place = [.. shardFirst];
        int[] order = new int[users];
        for (int user = 0; user < users; user++)
        {
            order[place[shardOfUser[user]]++] = user;
        }

        return new ShardPlan(order, shardFirst);
    }
}
