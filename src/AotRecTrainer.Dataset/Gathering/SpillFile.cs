using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AotRecTrainer.Dataset.Gathering;

/// <summary>
/// A file for what does not fit into memory. It has no name from the start where the system allows that, so nothing is left of it
/// however the process ends. Safe to use from several threads at once.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private long _length;

    /// <summary>Creates the file.</summary>
    /// <param name="folder">Where; null for the system's folder of temporary files.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public SpillFile(string? folder)
    {
        string path = Path.Combine(folder ?? Path.GetTempPath(), $"data-prep-{Guid.NewGuid():N}.spill");
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>Bytes appended so far.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Appends values.</summary>
    /// <returns>Where they start.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public long Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        long start = Interlocked.Add(ref _length, bytes.Length) - bytes.Length;
        RandomAccess.Write(_handle, bytes, start);
        return start;
    }

    /// <summary>Reads values that were appended.</summary>
    /// <returns>Where the next values start.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public long Read<T>(long start, Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(_handle, bytes[read..], start + read);
            read += more > 0 ? more : throw new EndOfStreamException($"the temporary file ends {bytes.Length - read} bytes early");
        }

        return start + bytes.Length;
    }

    /// <summary>Gives the space back.</summary>
    public void Dispose() => _handle.Dispose();
}
