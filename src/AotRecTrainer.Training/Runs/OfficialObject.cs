using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// A stored object that belongs to whoever holds the lease. A coordinator that was replaced may have written it a last time just before it
/// learned of that; the one that holds the lease then writes over it.
/// </summary>
/// <param name="stored">The object.</param>
/// <param name="lease">The coordinator's hold on the run.</param>
internal sealed class OfficialObject(OwnedObject stored, RunLease lease)
{
    private const int AttemptsMax = 5;

    /// <summary>Writes it.</summary>
    /// <exception cref="TrainingFailedException">Another coordinator has the run.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (int attempt = 1; !await stored.TryWriteAsync(content, cancellationToken); attempt++)
        {
            await lease.BeatAsync(cancellationToken);
            if (attempt == AttemptsMax) throw new TrainingFailedException($"{stored.Key} is written by somebody else as well");
            await stored.AdoptAsync(cancellationToken);
        }
    }
}
