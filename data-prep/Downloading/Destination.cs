using System.Security.Cryptography;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>
/// Where a downloaded file goes: a directory, where it is loaded in place, or a store, where it is put in one piece when it is whole.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="fileName">Name of the file, and its key in the store.</param>
internal sealed class Destination(IObjectStore store, string fileName)
{
    private const int RangeBytes = 8 << 20;

    /// <summary>The file's full name, for people.</summary>
    public string FullName => IsDirectory ? LocalPath : $"{store.Location.AbsoluteUri.TrimEnd('/')}/{fileName}";

    private bool IsDirectory => store.Location.IsFile;

    // Under a name that stays the same, so that a later run goes on; nobody else's, as temporary folders are shared.
    private string LocalPath => IsDirectory
        ? Path.Combine(store.Location.LocalPath, fileName)
        : Path.Combine(Path.GetTempPath(), $"data-prep-{Environment.UserName}", fileName);

    /// <summary>The part to load into, which the caller disposes.</summary>
    /// <exception cref="DownloadException">Another process has it, or it cannot be written.</exception>
    public PartFile OpenPart()
    {
        string folder = Path.GetDirectoryName(LocalPath)!;
        try
        {
            if (IsDirectory || OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new PartFile(LocalPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{LocalPath} cannot be written, or another process is downloading it: {error.Message}");
        }
    }

    /// <summary>The MD5 of the file that is there; null when there is none.</summary>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<string?> Md5Async(CancellationToken cancellationToken)
    {
        if (await store.GetLengthAsync(fileName, cancellationToken) is not { } length)
        {
            return null;
        }

        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        for (long offset = 0; offset < length; offset += RangeBytes)
        {
            md5.AppendData(await store.GetRangeAsync(fileName, offset, RangeBytes, cancellationToken) ?? []);
        }

        return Convert.ToHexStringLower(md5.GetHashAndReset());
    }

    /// <summary>Puts a whole part in its place.</summary>
    /// <exception cref="StorageException">The store failed; the part stays.</exception>
    public async Task CompleteAsync(PartFile part, CancellationToken cancellationToken)
    {
        if (IsDirectory)
        {
            part.Complete();
            return;
        }

        await store.PutAsync(fileName, await part.ReadAsync(cancellationToken), cancellationToken);
        part.Clear();
    }
}
