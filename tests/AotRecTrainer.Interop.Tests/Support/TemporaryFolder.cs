namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>A folder of its own for a test, removed with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("aotrec-interop-").FullName;

    public string File(string name) => Path.Join(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
