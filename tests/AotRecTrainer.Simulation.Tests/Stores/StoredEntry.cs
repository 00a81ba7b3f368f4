namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>An object, and who wrote it when.</summary>
internal sealed class StoredEntry(byte[] content, string writer, TimeSpan at)
{
    private string? _version;

    public byte[] Content => content;

    public string Writer => writer;

    public TimeSpan At => at;

    /// <summary>A hash of the content, as S3 has it: the same content twice is the same version twice.</summary>
    public string Version => _version ??= Hash(content);

    private static string Hash(byte[] content)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in content) hash = (hash ^ value) * 1099511628211;
        return hash.ToString("x16");
    }
}
