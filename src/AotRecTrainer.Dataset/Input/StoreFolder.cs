using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Input;

/// <summary>Objects below a prefix, of which those were looked for that the files of a data set can be called.</summary>
internal sealed class StoreFolder : InputFolder
{
    private readonly Dictionary<string, InputFile> _files;

    private StoreFolder(string name, Dictionary<string, InputFile> files) => (Name, _files) = (name, files);

    public override string Name { get; }

    /// <summary>Looks for objects.</summary>
    /// <param name="store">The store; stays the caller's.</param>
    /// <param name="prefix">The prefix, empty or with a slash at its end.</param>
    /// <param name="names">The names to look for.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<StoreFolder> LookAsync(
        IObjectStore store, string prefix, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, InputFile>(StringComparer.Ordinal);
        foreach ((string name, Task<long?> length) in names.Distinct(StringComparer.Ordinal).Select(
            name => (name, store.GetLengthAsync(prefix + name, cancellationToken).AsTask())).ToArray())
        {
            if (await length is { } bytes)
            {
                files.Add(name, new ObjectFile(store, prefix + name, bytes));
            }
        }

        return new StoreFolder($"{store.Location.AbsoluteUri.TrimEnd('/')}/{prefix}", files);
    }

    public override InputFile? Find(string name) => _files.GetValueOrDefault(name);
}
