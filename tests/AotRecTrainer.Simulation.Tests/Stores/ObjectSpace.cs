using AotRecTrainer.Simulation.Tests.Scenarios;

namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>All objects of a world by their full locations: consistent like S3, with versions that are hashes of the content.</summary>
internal sealed class ObjectSpace
{
    private readonly SortedDictionary<string, StoredEntry> _objects = new(StringComparer.Ordinal);

    /// <summary>Told of every write.</summary>
    public Action<string, StoredEntry>? Written { get; set; }

    public IEnumerable<KeyValuePair<string, StoredEntry>> Entries => _objects;

    public byte[]? Get(string location) =>
        _objects.TryGetValue(location, out StoredEntry? entry) ? entry.Content : TinyData.Find(location);

    public string? VersionOf(string location) => _objects.TryGetValue(location, out StoredEntry? entry) ? entry.Version : null;

    public void Put(string location, byte[] content, string writer, TimeSpan at)
    {
        StoredEntry entry = new(content, writer, at);
        _objects[location] = entry;
        Written?.Invoke(location, entry);
    }

    public void Delete(string location) => _objects.Remove(location);

    public string[] List(string prefix)
    {
        List<string> found = [];
        foreach (string location in _objects.Keys)
        {
            if (location.StartsWith(prefix, StringComparison.Ordinal)) found.Add(location);
        }

        return [.. found];
    }
}
