using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Input;

/// <summary>An object of a store, which stays the caller's.</summary>
internal sealed class ObjectFile(IObjectStore store, string key, long length) : InputFile
{
    public override string Name => $"{store.Location.AbsoluteUri.TrimEnd('/')}/{key}";

    public override Stream Open(IProgress<double>? progress = null)
    {
        var stream = new ObjectStream(store, key, length);
        return progress is null ? stream : new ProgressStream(stream, progress);
    }
}
