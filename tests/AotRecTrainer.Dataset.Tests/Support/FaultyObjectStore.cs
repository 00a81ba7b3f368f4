using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Fails at one write (a put or a delete), counted from 1; 0 never fails and only counts.</summary>
internal sealed class FaultyObjectStore(IObjectStore inner, int failAt = 0, Fault fault = Fault.Refused) : IObjectStore
{
    private int _writes;

    /// <summary>Writes asked for so far.</summary>
    public int Writes => _writes;

    public Uri Location => inner.Location;

    public RequestCounts Requests => inner.Requests;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) => inner.GetAsync(key, ct);

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default) =>
        inner.GetRangeAsync(key, offset, length, ct);

    public ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default) => inner.GetLengthAsync(key, ct);

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        WriteAsync(key, () => inner.PutAsync(key, content, ct));

    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public ValueTask DeleteAsync(string key, CancellationToken ct = default) => WriteAsync(key, () => inner.DeleteAsync(key, ct));

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken ct = default) => inner.ListAsync(prefix, ct);

    public void Dispose() => inner.Dispose();

    private async ValueTask WriteAsync(string key, Func<ValueTask> write)
    {
        int number = Interlocked.Increment(ref _writes);
        bool due = failAt > 0 && number == failAt;
        bool dead = failAt > 0 && number > failAt && fault is (Fault.KilledBefore or Fault.KilledAfter);
        if (!dead && (!due || fault is Fault.ReplyLost or Fault.KilledAfter))
        {
            await write();
        }

        if (due || dead)
        {
            throw new StorageException("put", key, Location, $"write {number} fails as planned");
        }
    }
}
