using System.Security.Cryptography;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Testing;

/// <summary>All objects of a little world without disks, under their full locations; stores are views of it.</summary>
internal sealed class MemoryObjects
{
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    /// <summary>Called before every operation: may wait, or throw in its place.</summary>
    public Func<StoreCall, CancellationToken, ValueTask>? Before { get; set; }

    /// <summary>Called after every operation that was carried out: may wait, or throw as when the answer is lost.</summary>
    public Func<StoreCall, CancellationToken, ValueTask>? After { get; set; }

    /// <summary>Everything asked for so far, by any store.</summary>
    public List<StoreCall> Calls { get; } = [];

    public IObjectStore Open(string location) => new MemoryObjectStore(this, location);

    /// <summary>Full locations of the objects there are.</summary>
    public string[] Keys
    {
        get
        {
            lock (_objects) return [.. _objects.Keys];
        }
    }

    /// <summary>A copy of an object by its full location; null when there is none.</summary>
    public byte[]? this[string key]
    {
        get
        {
            lock (_objects) return _objects.GetValueOrDefault(key) is { } content ? [.. content] : null;
        }

        set
        {
            lock (_objects)
            {
                if (value is null) _objects.Remove(key);
                else _objects[key] = value;
            }
        }
    }

    public bool TryCreate(string key, byte[] content)
    {
        lock (_objects) return _objects.TryAdd(key, content);
    }

    public bool TryReplace(string key, string version, byte[] content)
    {
        lock (_objects)
        {
            if (!_objects.TryGetValue(key, out byte[]? found) || VersionOf(found) != version) return false;
            _objects[key] = content;
            return true;
        }
    }

    public static string VersionOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public void Record(StoreCall call)
    {
        lock (Calls) Calls.Add(call);
    }

    /// <summary>How often something was asked for.</summary>
    public int Count(string operation)
    {
        lock (Calls) return Calls.Count(call => call.Operation == operation);
    }
}
