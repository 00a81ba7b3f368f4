namespace AotRecTrainer.Model.Serialization;

/// <summary>Takes memory for a whole Arrow stream at once: what grows by and by is copied every time, and may end up twice as large.</summary>
internal static class Room
{
    // What a stream, each of its batches and each of its metadata's entries take beside their content, rounded up.
    private const int StreamBytes = 1024;
    private const int BatchBytes = 512;
    private const int EntryBytes = 32;

    /// <summary>Makes room in a stream that is memory; others are left alone.</summary>
    /// <param name="output">The stream, from its position.</param>
    /// <param name="metadata">The schema's metadata.</param>
    /// <param name="batches">Number of record batches.</param>
    /// <param name="bytes">Bytes of all arrays together.</param>
    public static void Reserve(Stream output, Dictionary<string, string> metadata, int batches, long bytes)
    {
        if (output is not MemoryStream memory) return;
        long whole = memory.Position + StreamBytes + ((long)batches * BatchBytes) + bytes;
        foreach ((string key, string value) in metadata) whole += EntryBytes + (2 * (key.Length + value.Length));
        memory.Capacity = Math.Max(memory.Capacity, checked((int)whole));
    }
}
