namespace AotRecTrainer.Dataset.Input;

/// <summary>A folder on disk.</summary>
internal sealed class LocalFolder(string path) : InputFolder
{
    public override string Name => path;

    public override InputFile? Find(string name) => Path.Combine(path, name) is var file && File.Exists(file) ? new LocalFile(file) : null;
}
