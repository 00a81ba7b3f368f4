namespace AotRecTrainer.Storage;

/// <summary>
/// The store did not do what was asked: unreachable, refused, full, broken off. The only kind of error that is worth another try.
/// A missing object is not one.
/// </summary>
public sealed class StorageException : Exception
{
    /// <summary>Describes a failed operation.</summary>
    /// <param name="operation">What was tried: "get", "put", "create", "replace", "delete", "list".</param>
    /// <param name="key">The key, or for "list" the prefix.</param>
    /// <param name="store">The store's location.</param>
    /// <param name="reason">What went wrong, as a phrase that can stand behind a colon.</param>
    /// <param name="innerException">The error underneath, if there was one.</param>
    public StorageException(string operation, string key, Uri store, string reason, Exception? innerException = null)
        : base($"{operation} '{key}' in {store}: {reason}", innerException)
    {
        Operation = operation;
        Key = key;
        Store = store;
    }

    /// <summary>What was tried: "get", "put", "create", "replace", "delete", "list".</summary>
    public string Operation { get; }

    /// <summary>The key, or for "list" the prefix.</summary>
    public string Key { get; }

    /// <summary>The store's location.</summary>
    public Uri Store { get; }
}
