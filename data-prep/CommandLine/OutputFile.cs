using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>A file to write, on disk or in S3, that is there as a whole or not at all.</summary>
internal sealed class OutputFile
{
    private const string FileScheme = "file://";
    private readonly string? _bucket;

    /// <summary>Names a file.</summary>
    /// <param name="option">The option that named it, for the message.</param>
    /// <param name="location">A path, <c>file:///path</c> or <c>s3://bucket/key</c>.</param>
    /// <exception cref="InputException">It is none.</exception>
    public OutputFile(string option, string location)
    {
        Location = location;
        if (!location.Contains("://", StringComparison.Ordinal))
        {
            Path = location;
        }
        else
        {
            // Opening the whole is what checks it.
            using IObjectStore checkedLocation = Locations.Open(option, location);
            int slash = location.IndexOf('/', location.IndexOf("://", StringComparison.Ordinal) + 3);
            bool local = location.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase);
            _bucket = local || slash < 0 ? null : location[..slash];
            Path = local ? Uri.UnescapeDataString(location[FileScheme.Length..]) : slash < 0 ? "" : Uri.UnescapeDataString(location[(slash + 1)..]);
        }

        if (Path.Length == 0 || Path.EndsWith('/') || (_bucket is null && Directory.Exists(Path)))
        {
            throw new InputException($"{option}: '{location}' is not the name of a file");
        }
    }

    /// <summary>What the user called it.</summary>
    public string Location { get; }

    private string Path { get; }

    /// <summary>Writes the file; one that is there is replaced.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Stops the sending to a store.</param>
    /// <exception cref="IOException">The file cannot be written, or does not fit into memory on its way to a store.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<T> WriteAsync<T>(Func<Stream, T> write, CancellationToken cancellationToken)
    {
        if (_bucket is null)
        {
            return WriteToDisk(write);
        }

        using var content = new MemoryStream();
        T result = write(content);
        using IObjectStore store = ObjectStores.Open(_bucket);
        await store.PutAsync(Path, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
        return result;
    }

    // Under a temporary name beside its own, renamed at the end.
    private T WriteToDisk<T>(Func<Stream, T> write)
    {
        string full = System.IO.Path.GetFullPath(Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        string temporary = $"{full}.{Environment.ProcessId}.partial";
        try
        {
            T result;
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                result = write(file);
            }

            File.Move(temporary, full, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
