namespace AotRecTrainer.Training.Exchange;

/// <summary>An attempt that may still bring something.</summary>
/// <param name="attempt">The attempt.</param>
/// <param name="started">When it was made.</param>
internal sealed class OpenAttempt(Attempt attempt, TimeSpan started)
{
    private readonly HashSet<int> _hoped = [.. attempt.Shards];

    /// <summary>When it was made.</summary>
    public TimeSpan Started => started;

    /// <summary>When its shards are asked for again.</summary>
    public TimeSpan GivenUpAt => started + attempt.Patience;

    /// <summary>Why it counts as failed when nothing came in time.</summary>
    public string Silence => $"no answer within {attempt.Patience.TotalSeconds:0.###} s";

    /// <summary>True for the attempt of that number that asked for the shard.</summary>
    public bool Is(int shard, int number) => attempt.Number == number && attempt.Shards.Contains(shard);

    /// <summary>Whether it may still bring a shard.</summary>
    public bool MayBring(int shard) => _hoped.Contains(shard);

    /// <summary>What it brought of a shard was no good: it will not bring that shard again.</summary>
    public void Disappoint(int shard) => _hoped.Remove(shard);
}
