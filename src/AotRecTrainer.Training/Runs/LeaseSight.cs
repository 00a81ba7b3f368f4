using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>A run's lease as somebody sees it who does not hold it.</summary>
/// <param name="Content">What is stored; null when there is no lease.</param>
/// <param name="Record">What it says; null when there is no lease.</param>
/// <param name="IsAlive">True when its coordinator was seen to live.</param>
internal sealed record LeaseSight(byte[]? Content, LeaseRecord? Record, bool IsAlive)
{
    // Often enough to see a lease that is given up soon after that.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>No lease, as of a new run.</summary>
    public static LeaseSight None { get; } = new(null, null, IsAlive: false);

    /// <summary>Looks once.</summary>
    /// <exception cref="TrainingInputException">What is stored is no lease.</exception>
    public static async Task<LeaseSight> ReadAsync(IObjectStore store, string run, CancellationToken cancellationToken)
    {
        string key = new RunKeys(run).Lease;
        if (await store.GetAsync(key, cancellationToken) is not { } content) return None;
        try
        {
            return new LeaseSight(content, JsonSerializer.Deserialize(content, TrainingJson.Default.LeaseRecord), IsAlive: false);
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"{key} in {store.Location} is not a lease: {problem.Message}", problem);
        }
    }

    /// <summary>
    /// Watches a lease that says that a coordinator works until it changes, or has not changed for <see cref="RunLease.LeaseTime"/> of
    /// this process's own clock, which no clock that is set anew can shorten.
    /// </summary>
    public static async Task<LeaseSight> WatchAsync(IObjectStore store, string run, TimeProvider time, CancellationToken cancellationToken)
    {
        LeaseSight first = await ReadAsync(store, run, cancellationToken);
        long since = time.GetTimestamp();
        while (first.Record is { State: RunState.Running })
        {
            await Task.Delay(Pause, time, cancellationToken);
            long asked = time.GetTimestamp();
            LeaseSight now = await ReadAsync(store, run, cancellationToken);
            if (!now.Is(first)) return now with { IsAlive = now.Record is { State: RunState.Running } };
            if (time.GetElapsedTime(since, asked) >= RunLease.LeaseTime) break;
        }

        return first;
    }

    private bool Is(LeaseSight other) => Content.AsSpan().SequenceEqual(other.Content);
}
