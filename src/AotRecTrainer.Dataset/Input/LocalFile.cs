namespace AotRecTrainer.Dataset.Input;

/// <summary>A file on disk, or a pipe.</summary>
internal sealed class LocalFile(string path) : InputFile
{
    public override string Name => path;

    public override Stream Open(IProgress<double>? progress = null)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return progress is null || !file.CanSeek ? file : new ProgressStream(file, progress);
    }
}
