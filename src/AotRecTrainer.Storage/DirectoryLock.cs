namespace AotRecTrainer.Storage;

/// <summary>
/// A lock that threads and processes share by way of a file that stays. Released by the operating system when its holder dies.
/// </summary>
/// <remarks>A file system without locks (some network mounts) grants it to everybody; creations and replacements can then race.</remarks>
internal sealed class DirectoryLock(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the lock; the directory must exist.</summary>
    /// <param name="exclusive">Alone, or together with others that do not ask for it alone.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Releases the lock when disposed.</returns>
    /// <exception cref="IOException">Not granted within 30 seconds, or the file cannot be used.</exception>
    public async ValueTask<IDisposable> TakeAsync(bool exclusive, CancellationToken ct)
    {
        long start = Environment.TickCount64;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return Open(exclusive);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))
            {
                if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
                    throw new IOException($"the lock file {path} was held by others for {Patience.TotalSeconds} seconds", e);
            }

            // Holders only look and rename, delete or read one object: they are gone in microseconds, unless there are many of them.
            await Task.Delay(attempt < 3 ? 0 : Random.Shared.Next(1, 4), ct);
        }
    }

    private FileStream Open(bool exclusive)
    {
        if (!exclusive && !File.Exists(path))
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0).Dispose();
        return exclusive
            ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }
}
