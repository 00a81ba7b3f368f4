using System.Runtime.CompilerServices;

namespace AotRecTrainer.Storage;

/// <summary>
/// Objects as files below one directory, for local runs and tests; several processes may share it.
/// </summary>
/// <remarks>
/// <para>
/// Every object is written to a temporary file beside its place and renamed into it, so that no reader sees half an object; data is not
/// forced to the disk. Creations hold a lock on one empty hidden file in the root while they look and rename, and puts share that lock:
/// the framework's rename that does not overwrite looks first and renames then, which lets two creators win. The operating system drops the
/// lock with its process, so a killed process blocks nobody.
/// </para>
/// <para>
/// Symbolic links below the root are not followed: a key that leads through one is a <see cref="StorageException"/>, and listings pass
/// over it. The root itself may be one. Directories are created as needed and never removed.
/// </para>
/// </remarks>
public sealed class DirectoryObjectStore : IObjectStore
{
    private readonly string _root;
    private readonly DirectoryLock _lock;
    private readonly RequestCounter _requests = new();
    private volatile bool _disposed;

    /// <summary>Names a directory; it is created with the first object.</summary>
    /// <param name="directory">Absolute, or relative to the current directory at this moment.</param>
    /// <exception cref="ArgumentException">An empty path.</exception>
    public DirectoryObjectStore(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _lock = new DirectoryLock(Path.Join(_root, ObjectKey.ReservedPartStart + "lock"));
        Location = StoreLocation.OfDirectory(_root);
    }

    /// <inheritdoc/>
    public Uri Location { get; }

    /// <inheritdoc/>
    public RequestCounts Requests => _requests.Snapshot;

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountGet();
        try
        {
            using FileStream? file = OpenForReading(key, path);
            if (file is null)
                return null;
            if (file.Length > Array.MaxLength)
                throw Failure("get", key, $"{file.Length} bytes do not fit an array");
            return await ReadAsync(file, (int)file.Length, ct);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("get", key, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        string path = Begin(key, ct);
        _requests.CountGet();
        try
        {
            using FileStream? file = OpenForReading(key, path);
            if (file is null)
                return null;
            int available = (int)Math.Clamp(file.Length - offset, 0, length);
            if (available == 0)
                return [];
            file.Position = offset;
            return await ReadAsync(file, available, ct);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("get", key, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountGet();
        try
        {
            using FileStream? file = OpenForReading(key, path);
            return ValueTask.FromResult(file?.Length);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("get", key, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountPut();
        await WriteAsync("put", key, path, content, createOnly: false, ct);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountPut();
        return await WriteAsync("create", key, path, content, createOnly: true, ct);
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountDelete();
        try
        {
            RefuseLinks("delete", key);
            if (File.Exists(path))
                File.Delete(path);
            return ValueTask.CompletedTask;
        }
        catch (DirectoryNotFoundException)
        {
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("delete", key, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ct.ThrowIfCancellationRequested();
        _requests.CountList();

        // Walking a large tree blocks; the caller's thread may have better to do.
        List<string> keys = await Task.Run(() => Collect(prefix, ct), ct);
        foreach (string key in keys)
        {
            ct.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    /// <summary>Ends the use of the store; its files stay.</summary>
    public void Dispose() => _disposed = true;

    private static bool IsFileTrouble(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    private static async ValueTask<byte[]> ReadAsync(FileStream file, int length, CancellationToken ct)
    {
        byte[] content = GC.AllocateUninitializedArray<byte>(length);
        await file.ReadExactlyAsync(content, ct);
        return content;
    }

    private string Begin(string key, CancellationToken ct)
    {
        ObjectKey.Validate(key);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ct.ThrowIfCancellationRequested();
        return Path.Join(_root, key);
    }

    private StorageException Failure(string operation, string key, string reason, Exception? inner = null) =>
        new(operation, key, Location, reason, inner);

    private FileStream? OpenForReading(string key, string path)
    {
        RefuseLinks("get", key);
        FileInfo info = new(path);
        if (info.LinkTarget is not null)
            throw Failure("get", key, "is a symbolic link, which is not followed");

        // Files only: FileInfo.Exists is false for a directory, and for "a/b" where "a" is an object.
        if (!info.Exists)
            return null;
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async ValueTask<bool> WriteAsync(
        string operation, string key, string path, ReadOnlyMemory<byte> content, bool createOnly, CancellationToken ct)
    {
        string directory = Path.GetDirectoryName(path)!;
        string temporary = Path.Join(directory, $"{ObjectKey.ReservedPartStart}{Guid.NewGuid():N}.tmp");
        bool written = false;
        try
        {
            RefuseLinks(operation, key);
            if (createOnly && Path.Exists(path))
                return false;
            Directory.CreateDirectory(directory);
            await WriteFileAsync(temporary, content, ct);
            using IDisposable held = await _lock.TakeAsync(exclusive: createOnly, ct);
            if (createOnly && Path.Exists(path))
                return false;
            File.Move(temporary, path, overwrite: true);
            written = true;
            return true;
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure(operation, key, Explain(key, path, e), e);
        }
        finally
        {
            if (!written)
                RemoveQuietly(temporary);
        }
    }

    private static async ValueTask WriteFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        // Reserving the space first turns a full disk into an error before anything is written.
        using FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            PreallocationSize = content.Length,
        });
        await file.WriteAsync(content, ct);
    }

    private string Explain(string key, string path, Exception e)
    {
        if (Directory.Exists(path))
            return "other objects lie below this key, which is a directory here";
        for (int slash = key.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = key.IndexOf('/', slash + 1))
        {
            if (File.Exists(Path.Join(_root, key[..slash])))
                return $"'{key[..slash]}' is an object itself, and a directory cannot hold one below it";
        }

        return File.Exists(_root) ? "the store's location is a file, expected a directory" : e.Message;
    }

    private static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // The error that led here says more than this one would.
        }
    }

    private void RefuseLinks(string operation, string key)
    {
        for (int slash = key.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = key.IndexOf('/', slash + 1))
        {
            if (new FileInfo(Path.Join(_root, key[..slash])).LinkTarget is not null)
                throw Failure(operation, key, $"'{key[..slash]}' is a symbolic link, which is not followed");
        }
    }

    private List<string> Collect(string prefix, CancellationToken ct)
    {
        int slash = prefix.LastIndexOf('/');
        string start = prefix[..(slash + 1)];
        List<string> keys = [];
        try
        {
            RefuseLinks("list", start);
            DirectoryInfo directory = new(Path.Join(_root, start));
            if (directory.Exists)
                Walk(directory, start, prefix[(slash + 1)..], keys, ct);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("list", prefix, e.Message, e);
        }

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static void Walk(DirectoryInfo directory, string above, string nameStart, List<string> keys, CancellationToken ct)
    {
        EnumerationOptions everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos("*", everything))
        {
            ct.ThrowIfCancellationRequested();
            string key = above + entry.Name;
            if (!entry.Name.StartsWith(nameStart, StringComparison.Ordinal) || !ObjectKey.IsValid(key))
                continue;
            if (entry is DirectoryInfo below)
                Walk(below, key + "/", "", keys, ct);
            else
                keys.Add(key);
        }
    }
}
