namespace AotRecTrainer.Benchmarks.Programs;

/// <summary>A temporary folder, gone when disposed.</summary>
internal sealed class Workspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("aotrec-bench-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
