using System.Runtime.CompilerServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Fetches one row group while the one before it is used; never more.</summary>
/// <param name="fetch">Fetches the bytes of a row group.</param>
/// <param name="groups">Which row groups, in order.</param>
internal sealed class RowGroupPrefetch(Func<int, CancellationToken, ValueTask<RowGroupBytes>> fetch, IEnumerable<int> groups)
{
    /// <summary>Reads the batches of all row groups.</summary>
    /// <param name="start">Starts to read a row group whose bytes it takes over.</param>
    /// <param name="maxRows">The most rows of a batch.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        Func<RowGroupBytes, RowGroupReader> start, int maxRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IEnumerator<int> order = groups.GetEnumerator();
        Task<RowGroupBytes?> next = NextAsync(order, stopped.Token);
        try
        {
            while (await next is { } bytes)
            {
                next = NextAsync(order, stopped.Token);
                using RowGroupReader reader = start(bytes);
                for (long left = bytes.Group.Rows; left > 0; left -= Math.Min(left, maxRows))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return reader.Read((int)Math.Min(left, maxRows));
                }
            }
        }
        finally
        {
            await stopped.CancelAsync();
            await DisposeResultAsync(next);
        }
    }

    private async Task<RowGroupBytes?> NextAsync(IEnumerator<int> order, CancellationToken cancellation) =>
        order.MoveNext() ? await fetch(order.Current, cancellation) : null;

    // What was fetched too much is given back; why it could not be fetched does not matter any more.
    private static async Task DisposeResultAsync(Task<RowGroupBytes?> fetched)
    {
        await ((Task)fetched).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fetched.IsCompletedSuccessfully)
            (await fetched)?.Dispose();
    }
}
