using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Removes what rounds have left: after each round what it is known to have stored, beside the next one; after trouble, whose late
/// objects nobody knows, and at the end, whatever a listing finds of rounds and coordinators before. Leftovers cost a little and harm
/// nothing, so that failures are only noted.
/// </summary>
internal sealed class RoundCleaner(RoundContext context) : IAsyncDisposable
{
    private const int RoundsBetweenSweeps = 16;
    private const int DeletesTogether = 32;
    private Task _cleaning = Task.CompletedTask;
    private int _sweptAfter;
    private int _retriesSwept;

    /// <summary>Starts to remove a round; waits for the removal before it.</summary>
    public async Task CleanUpAsync(int round)
    {
        await _cleaning;
        RoundKeys keys = context.KeysOf(round);
        bool isSweep = context.Ledger.Totals.Retries != _retriesSwept && round - _sweptAfter >= RoundsBetweenSweeps;
        if (isSweep) (_sweptAfter, _retriesSwept) = (round, context.Ledger.Totals.Retries);
        _cleaning = context.Host.Background(() => TryAsync(async () =>
        {
            // The task first: by it a worker that is late sees that nobody will take its statistics away.
            await context.Store.DeleteAsync(keys.Parameters);
            if (isSweep) await SweepAsync(keys with { Round = round + 1 });
            else await DeleteAsync(context.Groups.SelectMany(group => group.Shards).Select(keys.Statistics));
        }));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cleaning;
        await TryAsync(() => SweepAsync(context.KeysOf(int.MaxValue)));
    }

    private async Task SweepAsync(RoundKeys first)
    {
        List<string> left = [];
        await foreach (string key in context.Store.ListAsync(RoundKeys.PrefixOf(first.Run)))
        {
            if (first.IsLeftover(key)) left.Add(key);
        }

        await DeleteAsync(left);
    }

    private async Task DeleteAsync(IEnumerable<string> keys)
    {
        foreach (string[] some in keys.Chunk(DeletesTogether)) await Task.WhenAll(some.Select(key => context.Store.DeleteAsync(key).AsTask()));
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StorageException problem)
        {
            context.Host.Log($"what a round left could not be removed: {problem.Message}");
        }
    }
}
