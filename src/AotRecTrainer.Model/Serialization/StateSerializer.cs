namespace AotRecTrainer.Model.Serialization;

/// <summary>An algorithm's state beside its parameters (<c>ITrainingAlgorithm.State</c>) as an Arrow IPC stream.</summary>
public static class StateSerializer
{
    private const string Names = "arrays";

    /// <summary>Writes the arrays in the order of their names.</summary>
    /// <exception cref="ModelException">A number in them is not finite.</exception>
    public static byte[] Write(IReadOnlyDictionary<string, float[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string[] names = [.. state.Keys.Order(StringComparer.Ordinal)];
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { [Names] = string.Join(',', names) };
        using MemoryStream content = new();
        FloatStream.Write(content, "the numbers that the optimizer remembers", metadata, [.. names.Select(name => (ReadOnlyMemory<float>)state[name])]);
        return content.ToArray();
    }

    /// <summary>Reads them back; <paramref name="name"/> is what errors call the object.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        using FloatStreamReader reader = new(new MemoryStream(content, writable: false), name);
        string names = new MetadataReader(reader.Metadata, name).Text(Names);
        Dictionary<string, float[]> state = new(StringComparer.Ordinal);
        foreach (string array in names.Split(',', StringSplitOptions.RemoveEmptyEntries)) state[array] = reader.Read(array);
        reader.Finish();
        return state;
    }
}
