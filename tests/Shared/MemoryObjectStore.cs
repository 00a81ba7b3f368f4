using System.Runtime.CompilerServices;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Testing;

/// <summary>A store of <see cref="MemoryObjects"/>.</summary>
internal sealed class MemoryObjectStore(MemoryObjects objects, string location) : IObjectStore
{
    private readonly string _start = location.TrimEnd('/') + "/";
    private RequestCounts _requests;

    public Uri Location { get; } = new(location);

    public RequestCounts Requests => _requests;

    public void Dispose()
    {
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) =>
        CallAsync("get", key, () => objects[_start + key], ct);

    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default) =>
        await GetAsync(key, ct) is { } content ? content[(int)Math.Min(offset, content.Length)..(int)Math.Min(offset + length, content.Length)] : null;

    public async ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default) => (await GetAsync(key, ct))?.Length;

    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        await CallAsync("put", key, () => objects[_start + key] = content.ToArray(), ct);

    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default) =>
        CallAsync("create", key, () => objects.TryCreate(_start + key, content.ToArray()), ct);

    public async ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) =>
        await GetAsync(key, ct) is { } content ? new StoredObject(content, MemoryObjects.VersionOf(content)) : null;

    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return CallAsync("replace", key, () => objects.TryReplace(_start + key, version, content.ToArray()), ct);
    }

    public async ValueTask DeleteAsync(string key, CancellationToken ct = default) =>
        await CallAsync("delete", key, () => objects[_start + key] = null, ct);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string start = _start + prefix;
        string[] found = await CallAsync("list", prefix, () => objects.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal)).ToArray(), ct);
        foreach (string key in found) yield return key[_start.Length..];
    }

    private async ValueTask<T> CallAsync<T>(string operation, string key, Func<T> act, CancellationToken ct)
    {
        if (operation != "list") ObjectKey.Validate(key);
        ct.ThrowIfCancellationRequested();
        StoreCall call = new(operation, _start + key);
        objects.Record(call);
        lock (objects) _requests += Counted(operation);
        if (objects.Before is { } before) await before(call, ct);
        T result = act();
        if (objects.After is { } after) await after(call, ct);
        return result;
    }

    private static RequestCounts Counted(string operation) => operation switch
    {
        "get" => new RequestCounts(0, 1, 0, 0),
        "list" => new RequestCounts(0, 0, 1, 0),
        "delete" => new RequestCounts(0, 0, 0, 1),
        _ => new RequestCounts(1, 0, 0, 0),
    };
}
