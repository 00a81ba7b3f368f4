namespace AotRecTrainer.Dataset.Input;

/// <summary>A file of input, wherever it is.</summary>
public abstract class InputFile
{
    /// <summary>What to call it in messages: a path, a URI, or the name in an archive behind either.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the file at its beginning.</summary>
    /// <param name="progress">Told now and then the share, 0 .. 1, that was read; never where the size is not known.</param>
    /// <returns>The stream, which the caller disposes. It can seek unless the content is compressed.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="Storage.StorageException">The store failed.</exception>
    public abstract Stream Open(IProgress<double>? progress = null);
}
