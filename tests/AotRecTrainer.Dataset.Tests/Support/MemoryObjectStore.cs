using System.Runtime.CompilerServices;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Objects in memory, open to the tests.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public Uri Location { get; } = new("file:///memory");

    public RequestCounts Requests => default;

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_gate)
            {
                return [.. _objects.Keys];
            }
        }
    }

    public byte[] this[string key]
    {
        get => Find(key) ?? throw new KeyNotFoundException(key);
        set => Set(key, value);
    }

    public MemoryObjectStore Copy()
    {
        var copy = new MemoryObjectStore();
        foreach (string key in Keys)
        {
            copy[key] = [.. this[key]];
        }

        return copy;
    }

    public void Remove(string key)
    {
        lock (_gate)
        {
            _objects.Remove(key);
        }
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) => ValueTask.FromResult(Find(key)?.ToArray());

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default) =>
        ValueTask.FromResult(Find(key)?.Skip((int)offset).Take(length).ToArray());

    public ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default) => ValueTask.FromResult((long?)Find(key)?.Length);

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        Set(key, content.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_objects.TryAdd(key, content.ToArray()));
        }
    }

    public ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public ValueTask DeleteAsync(string key, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        Remove(key);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (string key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            await Task.Yield();
            yield return key;
        }
    }

    public void Dispose()
    {
    }

    private byte[]? Find(string key)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    private void Set(string key, byte[] content)
    {
        lock (_gate)
        {
            _objects[key] = content;
        }
    }
}
