using System.Globalization;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A disk of a few megabytes, in memory, that can be filled to the last byte; needs the right to mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Directory at its top.</summary>
    public string Path => _folder.Path;

    private string Filler => _folder["filler"];

    /// <summary>Makes one.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <param name="explain">Is told why there is none: the reason to skip with.</param>
    /// <returns>The disk; <see langword="null"/> where mounting is not permitted.</returns>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes, Action<string> explain)
    {
        SmallDisk disk = new();
        string size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        ProgramRun mount = await ProgramRun.OfAsync("mount", "-t", "tmpfs", "-o", size, "none", disk.Path);
        if (mount.ExitCode == 0) return disk;
        explain($"no small disk can be mounted here ({mount.Error.Trim()}); the test needs root");
        disk._folder.Dispose();
        return null;
    }

    /// <summary>Takes all the room there is, and what becomes free, until the other work ends.</summary>
    public async Task FillDuringAsync(Task work)
    {
        byte[] block = new byte[4096];
        while (!work.IsCompleted)
        {
            try
            {
                await using FileStream filler = new(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                while (!work.IsCompleted) filler.Write(block);
            }
            catch (IOException)
            {
                await Task.Delay(1);
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        (await ProgramRun.OfAsync("umount", Path)).ShouldSucceed();
        _folder.Dispose();
    }
}
