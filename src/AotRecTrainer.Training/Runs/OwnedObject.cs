using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// A stored object that one coordinator writes again and again: it is replaced only while it is what this coordinator wrote last, so that
/// one that does not know yet that it was replaced changes nothing. Not for several threads at once.
/// </summary>
/// <param name="store">The output location.</param>
/// <param name="key">The object's key.</param>
/// <param name="time">For the pauses between attempts.</param>
/// <param name="content">What is stored now; null when nothing is.</param>
internal sealed class OwnedObject(IObjectStore store, string key, TimeProvider time, byte[]? content)
{
    private const int AttemptsMax = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private byte[]? _known = content;

    // A write whose outcome is unknown: what is stored is either this or what was known before.
    private byte[]? _unsure;

    /// <summary>What is stored now, whoever wrote it.</summary>
    public ValueTask<byte[]?> LookAsync(CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

    /// <summary>Takes over what somebody else has written: the next write may replace it.</summary>
    public void Adopt(byte[]? content)
    {
        _known = content;
        _unsure = null;
    }

    /// <summary>Writes it.</summary>
    /// <returns>False when somebody else has written it; it is then as they left it.</returns>
    /// <exception cref="StorageException">The store failed at every attempt; whether it was written is unknown.</exception>
    public async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> next, CancellationToken cancellationToken)
    {
        byte[] wanted = next.ToArray();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteOnceAsync(wanted, cancellationToken);
            }
            catch (StorageException) when (attempt < AttemptsMax)
            {
                await Task.Delay(Pause * attempt, time, cancellationToken);
            }
        }
    }

    private async Task<bool> TryWriteOnceAsync(byte[] wanted, CancellationToken cancellationToken)
    {
        // The first write of a new object needs no look before it.
        byte[]? unsure = _unsure;
        StoredObject? found = _known is null && unsure is null ? null : await store.GetVersionedAsync(key, cancellationToken);
        if (unsure is not null && Is(found?.Content, unsure)) _known = unsure;
        if (!Is(found?.Content, _known)) return false;
        if (Is(_known, wanted)) return Settle(wanted);
        _unsure = wanted;
        bool written = found is { } old
            ? await store.TryReplaceAsync(key, old.Version, wanted, cancellationToken)
            : await store.TryCreateAsync(key, wanted, cancellationToken);
        if (written) return Settle(wanted);

        // A store that repeats a write whose answer was lost finds its own content and says no; and a write that was given up may arrive late.
        byte[]? stored = await store.GetAsync(key, cancellationToken);
        if (Is(stored, wanted)) return Settle(wanted);
        if (unsure is null || !Is(stored, unsure)) return false;
        _known = unsure;
        return await TryWriteOnceAsync(wanted, cancellationToken);
    }

    private bool Settle(byte[] written)
    {
        _known = written;
        _unsure = null;
        return true;
    }

    private static bool Is(byte[]? stored, byte[]? other) => stored is null || other is null
        ? stored is null && other is null
        : stored.AsSpan().SequenceEqual(other);
}
