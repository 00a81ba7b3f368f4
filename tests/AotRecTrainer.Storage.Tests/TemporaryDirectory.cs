namespace AotRecTrainer.Storage.Tests;

/// <summary>A directory of a test's own, removed with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aotrec-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
