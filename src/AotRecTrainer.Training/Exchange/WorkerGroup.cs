namespace AotRecTrainer.Training.Exchange;

/// <summary>The shards of one worker; the same ones in every round, so that its cache serves.</summary>
/// <param name="Shards">Indices of the shards, ascending and contiguous.</param>
public sealed record WorkerGroup(int[] Shards)
{
    /// <summary>Deals <paramref name="shards"/> shards out to at most <paramref name="workers"/> groups, as evenly as can be.</summary>
    public static WorkerGroup[] Deal(int shards, int workers)
    {
        int groups = Math.Min(shards, workers);
        WorkerGroup[] dealt = new WorkerGroup[groups];
        for (int i = 0; i < groups; i++)
        {
            int first = (int)((long)shards * i / groups);
            int end = (int)((long)shards * (i + 1) / groups);
            dealt[i] = new WorkerGroup([.. Enumerable.Range(first, end - first)]);
        }

        return dealt;
    }
}
