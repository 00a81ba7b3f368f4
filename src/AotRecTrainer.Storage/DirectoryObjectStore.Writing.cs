namespace AotRecTrainer.Storage;

/// <content>Files and directories that come and go.</content>
public sealed partial class DirectoryObjectStore
{
    private const int DirectoryAttemptsMax = 50;

    // Asked twice: before the work, which is then spared, and under the lock, which is what counts.
    private async ValueTask<bool> WriteAsync(
        string operation, string key, string path, ReadOnlyMemory<byte> content, Func<ValueTask<bool>>? mayWrite, CancellationToken ct)
    {
        string directory = Path.GetDirectoryName(path)!;
        string temporary = Path.Join(directory, $"{ObjectKey.ReservedPartStart}{Guid.NewGuid():N}.tmp");
        bool written = false;
        try
        {
            RefuseLinks(operation, key);
            if (mayWrite is not null && !await mayWrite())
                return false;
            await WriteTemporaryAsync(directory, temporary, content, ct);
            using IDisposable held = await _lock.TakeAsync(exclusive: mayWrite is not null, ct);
            if (mayWrite is not null && !await mayWrite())
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

    // The directory, or one above it, may go at any moment before the file is in it, when somebody deletes the last object there; the
    // framework reports that in several ways. What is really wrong stays wrong.
    private static async ValueTask WriteTemporaryAsync(string directory, string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool created = false;
            try
            {
                Directory.CreateDirectory(directory);
                created = true;
                await WriteFileAsync(path, content, ct);
                return;
            }
            catch (IOException e) when (attempt < DirectoryAttemptsMax && (!created || e is DirectoryNotFoundException or FileNotFoundException))
            {
                await Task.Yield();
            }
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

    // A key is no directory: with its last object a directory has done its work. Whoever writes there meanwhile keeps it.
    private void RemoveEmptyDirectories(string directory)
    {
        try
        {
            for (; directory.Length > _root.Length && !Directory.EnumerateFileSystemEntries(directory).Any(); directory = Path.GetDirectoryName(directory)!)
                Directory.Delete(directory);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // Somebody else has removed it, or has written there after all.
        }
    }
}
