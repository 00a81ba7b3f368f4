using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AotRecTrainer.Storage;

/// <summary>
/// Objects as files below one directory, for local runs and tests; several processes may share it.
/// </summary>
/// <remarks>
/// <para>
/// Every object is written to a temporary file beside its place and renamed into it, so that no reader sees half an object; data is not
/// forced to the disk. Creations and replacements hold a lock on one empty hidden file in the root while they look and rename, and puts and
/// deletions share that lock: a file system has no compare-and-swap, and the framework's rename that does not overwrite looks first and
/// renames then, which lets two creators win. The operating system drops the lock with its process, so a killed process blocks nobody.
/// An object's version is the SHA-256 of its content.
/// </para>
/// <para>
/// Symbolic links below the root are not followed: a key that leads through one is a <see cref="StorageException"/>, and listings pass
/// over it. The root itself may be one. Directories are created as needed and go with the last object in them, except the root.
/// </para>
/// </remarks>
public sealed partial class DirectoryObjectStore : IObjectStore
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
            return await ReadFileAsync(key, path, ct);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("get", key, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CopyToAsync(string key, Stream target, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        string path = Begin(key, ct);
        _requests.CountGet();
        try
        {
            using FileStream? file = OpenForReading(key, path);
            if (file is null)
                return false;
            await file.CopyToAsync(target, ct);
            return true;
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
        await WriteAsync("put", key, path, content, mayWrite: null, ct);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountPut();
        return await WriteAsync("create", key, path, content, () => ValueTask.FromResult(!Path.Exists(path)), ct);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default) =>
        await GetAsync(key, ct) is byte[] content ? new StoredObject(content, VersionOf(content)) : null;

    /// <inheritdoc/>
    public async ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        string path = Begin(key, ct);
        _requests.CountPut();
        return await WriteAsync("replace", key, path, content, HasVersionAsync, ct);

        async ValueTask<bool> HasVersionAsync() => await ReadFileAsync(key, path, ct) is byte[] found && VersionOf(found) == version;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken ct = default)
    {
        string path = Begin(key, ct);
        _requests.CountDelete();
        try
        {
            RefuseLinks("delete", key);
            if (!File.Exists(path))
                return;
            using (await _lock.TakeAsync(exclusive: false, ct))
                File.Delete(path);
            RemoveEmptyDirectories(Path.GetDirectoryName(path)!);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else has deleted it.
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

    private static string VersionOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async ValueTask<byte[]?> ReadFileAsync(string key, string path, CancellationToken ct)
    {
        using FileStream? file = OpenForReading(key, path);
        if (file is null)
            return null;
        if (file.Length > Array.MaxLength)
            throw Failure("get", key, $"{file.Length} bytes do not fit an array");
        return await ReadAsync(file, (int)file.Length, ct);
    }

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

    private void RefuseLinks(string operation, string key)
    {
        for (int slash = key.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = key.IndexOf('/', slash + 1))
        {
            if (new FileInfo(Path.Join(_root, key[..slash])).LinkTarget is not null)
                throw Failure(operation, key, $"'{key[..slash]}' is a symbolic link, which is not followed");
        }
    }
}
