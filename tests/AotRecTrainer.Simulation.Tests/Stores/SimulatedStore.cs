using System.Runtime.CompilerServices;
using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>
/// A process's door to the world's objects. A request takes time on the way there and back; its effect happens in between, at one
/// moment, whether or not the process still lives to hear of it.
/// </summary>
internal sealed class SimulatedStore(World world, SimulatedProcess process, string location) : IObjectStore
{
    private readonly string _start = location.TrimEnd('/') + "/";
    private RequestCounts _requests;

    public Uri Location { get; } = new(location);

    public RequestCounts Requests => _requests;

    public void Dispose()
    {
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default) =>
        CallAsync("get", key, at => Copy(world.Objects.Get(at)), ct);

    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default) =>
        await GetAsync(key, ct) is { } content ? content[(int)Math.Min(offset, content.Length)..(int)Math.Min(offset + length, content.Length)] : null;

    public async ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default) => (await GetAsync(key, ct))?.Length;

    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        byte[] sent = content.ToArray();
        if (key.Contains("/statistics/shard-", StringComparison.Ordinal)) sent = world.Weather.MayDamage(sent, process);
        await CallAsync("put", key, at => world.Objects.Put(at, Entry(sent)), ct);
    }

    public ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        byte[] sent = content.ToArray();
        return CallAsync("create", key, at => world.Objects.TryCreate(at, Entry(sent)), ct);
    }

    public ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) => CallAsync(
        "get", key, at => world.Objects.VersionOf(at) is { } version ? new StoredObject(Copy(world.Objects.Get(at))!, version) : default(StoredObject?), ct);

    public ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        byte[] sent = content.ToArray();
        return CallAsync("replace", key, at => world.Objects.TryReplace(at, version, Entry(sent)), ct);
    }

    public async ValueTask DeleteAsync(string key, CancellationToken ct = default) => await CallAsync("delete", key, world.Objects.Delete, ct);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string[] found = await CallAsync("list", prefix, world.Objects.List, ct);
        foreach (string key in found) yield return key[_start.Length..];
    }

    private StoredEntry Entry(byte[] content) => new(content, process.Name, world.Time.Elapsed);

    private static byte[]? Copy(byte[]? content) => content is null ? null : [.. content];

    private ValueTask<T> CallAsync<T>(string operation, string key, Func<string, T> effect, CancellationToken ct)
    {
        if (operation == "list") ObjectKey.ValidatePrefix(key);
        else ObjectKey.Validate(key);
        ct.ThrowIfCancellationRequested();
        _requests += Counted(operation);
        TaskCompletionSource<T> answer = new();
        Passage passage = process.Enter();
        if (passage == Passage.Shut) return new ValueTask<T>(answer.Task);
        CancellationTokenRegistration cancelled = ct.UnsafeRegister(static (given, token) => ((TaskCompletionSource<T>)given!).TrySetCanceled(token), answer);
        Invocation? coordinator = world.Lambda.CoordinatorOf(process);
        RequestFate fate = world.Weather.Next(process, coordinator is not null);
        world.After(fate.There, () =>
        {
            bool fails = fate.IsRefused || fate.IsAnswerLost;
            if (fails) coordinator?.TroubledKeys.Add(key);
            if (fate.IsRefused) Happened(Fault.StoreRefused);
            T result = fate.IsRefused ? default! : effect(_start + key);
            world.Witness.Asked(process, coordinator, operation, key, fails);
            world.Log.Add(process.Name, operation, key);
            world.After(fate.Back, () =>
            {
                cancelled.Dispose();
                if (fate.IsAnswerLost) Happened(Fault.StoreAnswerLost);
                if (fate.IsRefused) answer.TrySetException(Failure("503 SlowDown"));
                else if (fate.IsAnswerLost) answer.TrySetException(Failure("the connection was closed"));
                else answer.TrySetResult(result);
            });
        });
        return new ValueTask<T>(answer.Task);

        void Happened(Fault fault) => world.Happened(fault, process.Name, $"{operation} {key}");

        StorageException Failure(string reason) => new(operation, key, Location, reason);
    }

    private static RequestCounts Counted(string operation) => operation switch
    {
        "get" => new RequestCounts(0, 1, 0, 0),
        "list" => new RequestCounts(0, 0, 1, 0),
        "delete" => new RequestCounts(0, 0, 0, 1),
        _ => new RequestCounts(1, 0, 0, 0),
    };
}
