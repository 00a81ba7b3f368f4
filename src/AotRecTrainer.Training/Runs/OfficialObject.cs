using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// A stored object that belongs to whoever holds the lease. A coordinator that was replaced may have written it a last time just before it
/// learned of that; the one that holds the lease then writes over it.
/// </summary>
/// <param name="store">The output location.</param>
/// <param name="key">The object's key.</param>
/// <param name="lease">The coordinator's hold on the run.</param>
/// <param name="time">For the pauses between attempts.</param>
internal sealed class OfficialObject(IObjectStore store, string key, RunLease lease, TimeProvider time)
{
    private const int AttemptsMax = 5;
    private readonly OwnedObject _stored = new(store, key, time, content: null);

    /// <summary>Writes it.</summary>
    /// <exception cref="TrainingFailedException">Another coordinator has the run.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (int attempt = 1; !await _stored.TryWriteAsync(content, cancellationToken); attempt++)
        {
            if (attempt == AttemptsMax) throw new TrainingFailedException($"{key} is written by somebody else as well");

            // In this order: what was there while the lease was still held may be replaced, what a successor has written since may not. Nor
            // may it at a later call, should the lease be lost now or its store fail.
            byte[]? found = await _stored.LookAsync(cancellationToken);
            await lease.BeatAsync(cancellationToken);
            _stored.Adopt(found);
        }
    }
}
