using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Input;

/// <summary>A file of ratings and the titles that belong to it: on disk, in a store, or in a zip archive in either.</summary>
public sealed class RatingsSource : IDisposable
{
    private readonly IObjectStore? _store;

    private RatingsSource(InputFile ratings, InputFile? titles, IObjectStore? store) => (Ratings, Titles, _store) = (ratings, titles, store);

    /// <summary>The file of ratings.</summary>
    public InputFile Ratings { get; }

    /// <summary>The file of titles beside it; null when there is none.</summary>
    public InputFile? Titles { get; }

    /// <summary>Finds what a location names.</summary>
    /// <param name="location">
    /// A path, <c>file:///path</c> or <c>s3://bucket/key</c>: of a file of ratings, of a zip archive with one, or of a folder with
    /// <c>ratings.csv</c>, <c>ratings.dat</c> or <c>u.data</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for a store.</param>
    /// <exception cref="RatingsFormatException">There is no such file, or there are several that could be meant.</exception>
    /// <exception cref="ArgumentException">It is not a location; the message is one line fit for a user.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<RatingsSource> FindAsync(string location, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (!location.Contains("://", StringComparison.Ordinal))
        {
            return OnDisk(location);
        }

        if (location.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            using IObjectStore named = ObjectStores.Open(location);
            return OnDisk(Uri.UnescapeDataString(named.Location.AbsolutePath));
        }

        (string bucket, string key) = SplitBucket(location);
        IObjectStore store = ObjectStores.Open(bucket);
        try
        {
            return await InStoreAsync(store, key, cancellationToken);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Closes the store, if the files are in one.</summary>
    public void Dispose() => _store?.Dispose();

    private static RatingsSource OnDisk(string path)
    {
        if (Directory.Exists(path))
        {
            return InFolder(new LocalFolder(path), store: null);
        }

        return File.Exists(path)
            ? OfFile(new LocalFile(path), Path.GetFileName(path), new LocalFolder(Path.GetDirectoryName(path) ?? ""), store: null)
            : throw new RatingsFormatException($"{path} was not found, expected a file of ratings or a folder with one");
    }

    private static async Task<RatingsSource> InStoreAsync(IObjectStore store, string key, CancellationToken cancellationToken)
    {
        long? length = key.Length == 0 ? null : await store.GetLengthAsync(key, cancellationToken);
        int slash = key.LastIndexOf('/');
        string prefix = length is not null ? key[..(slash + 1)] : key.Length == 0 ? "" : key + "/";
        StoreFolder folder = await StoreFolder.LookAsync(store, prefix, KnownFiles.Names, cancellationToken);
        return length is { } bytes
            ? OfFile(new ObjectFile(store, key, bytes), key[(slash + 1)..], folder, store)
            : InFolder(folder, store);
    }

    private static (string Bucket, string Key) SplitBucket(string location)
    {
        int slash = location.IndexOf('/', location.IndexOf("://", StringComparison.Ordinal) + 3);
        if (slash < 0)
        {
            return (location, "");
        }

        // Opening the whole is what checks the key.
        using IObjectStore whole = ObjectStores.Open(location);
        return (location[..slash], Uri.UnescapeDataString(location[(slash + 1)..]).TrimEnd('/'));
    }

    private static RatingsSource OfFile(InputFile file, string name, InputFolder folder, IObjectStore? store)
    {
        if (!name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return new RatingsSource(file, KnownFiles.TitlesFor(name, folder), store);
        }

        ZipFolder[] folders = [.. ZipFolder.All(file).Where(inside => KnownFiles.RatingsIn(inside).Length > 0)];
        return folders.Length switch
        {
            1 => InFolder(folders[0], store),
            0 => throw None(file.Name),
            _ => throw new RatingsFormatException(
                $"{file.Name} has ratings in {string.Join(" and in ", folders.Select(inside => inside.Name))}; name a file that has them once"),
        };
    }

    private static RatingsSource InFolder(InputFolder folder, IObjectStore? store)
    {
        string[] found = KnownFiles.RatingsIn(folder);
        return found.Length switch
        {
            1 => new RatingsSource(folder.Find(found[0])!, KnownFiles.TitlesFor(found[0], folder), store),
            0 => throw None(folder.Name),
            _ => throw new RatingsFormatException($"{folder.Name} has {string.Join(" and ", found)}; name the file that is meant"),
        };
    }

    private static RatingsFormatException None(string name) => new($"{name} has none of ratings.csv, ratings.dat and u.data");
}
