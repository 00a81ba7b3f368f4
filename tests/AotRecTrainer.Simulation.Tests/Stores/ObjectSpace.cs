using AotRecTrainer.Simulation.Tests.Scenarios;

namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>All objects of a world by their full locations: consistent like S3, with versions that are hashes of the content.</summary>
internal sealed class ObjectSpace
{
    private readonly SortedDictionary<string, StoredEntry> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _first = new(StringComparer.Ordinal);

    /// <summary>What is wrong with it; for tests of the simulation itself.</summary>
    public StoreFlaw Flaw { get; set; }

    /// <summary>Told of every write.</summary>
    public Action<string, StoredEntry>? Written { get; init; }

    public IEnumerable<KeyValuePair<string, StoredEntry>> Entries => _objects;

    /// <summary>An object; null when there is none. Not a copy.</summary>
    public byte[]? Get(string location)
    {
        byte[]? content = _objects.TryGetValue(location, out StoredEntry? entry) ? entry.Content : TinyData.Find(location);
        return content is null || Flaw == StoreFlaw.None ? content : Flawed(location, content);
    }

    public string? VersionOf(string location) => _objects.TryGetValue(location, out StoredEntry? entry) ? entry.Version : null;

    public bool Put(string location, StoredEntry entry)
    {
        if (Flaw == StoreFlaw.LosesCheckpoints && Is(location, "/checkpoints/", "parameters.arrow")) return true;
        _objects[location] = entry;
        Written?.Invoke(location, entry);
        return true;
    }

    public bool TryCreate(string location, StoredEntry entry) =>
        (Flaw == StoreFlaw.CreatesTwice || Get(location) is null) && Put(location, entry);

    public bool TryReplace(string location, string version, StoredEntry entry) =>
        (Flaw == StoreFlaw.SwapsBlindly || VersionOf(location) == version) && Put(location, entry);

    public bool Delete(string location) => Flaw == StoreFlaw.KeepsWhatIsDeleted || _objects.Remove(location);

    public string[] List(string prefix)
    {
        List<string> found = [];
        foreach (string location in _objects.Keys)
        {
            if (location.StartsWith(prefix, StringComparison.Ordinal)) found.Add(location);
        }

        return [.. found];
    }

    private byte[] Flawed(string location, byte[] content)
    {
        string? kind = Flaw switch
        {
            StoreFlaw.KeepsOldParameters when Is(location, "/rounds/", "parameters.") => "parameters",
            StoreFlaw.ForgetsState when Is(location, "/checkpoints/", "state.arrow") => "state",
            _ => null,
        };
        if (kind is null) return content;
        _first.TryAdd(kind, content);
        return _first[kind];
    }

    private static bool Is(string location, string folder, string name) =>
        location.Contains(folder, StringComparison.Ordinal) && location.AsSpan(location.LastIndexOf('/') + 1).StartsWith(name);
}
