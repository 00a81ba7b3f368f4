using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Interop;

/// <summary>Zstandard from the system's library, looked for once. That it is missing is a fact to tell, not an error.</summary>
internal static unsafe partial class LibZstd
{
    /// <summary>The file that is looked for; Debian's package is libzstd1.</summary>
    public const string FileName = "libzstd.so.1";

    /// <summary>Whether the library is here.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(FileName, out _);

    /// <summary>Decompresses into the whole destination; false when the bytes are damaged or stand for another number of bytes.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* to = destination, from = source)
        {
            nuint written = ZSTD_decompress(to, (nuint)destination.Length, from, (nuint)source.Length);
            return ZSTD_isError(written) == 0 && written == (nuint)destination.Length;
        }
    }

    [LibraryImport(FileName)]
    private static partial nuint ZSTD_decompress(byte* destination, nuint capacity, byte* source, nuint length);

    [LibraryImport(FileName)]
    private static partial uint ZSTD_isError(nuint code);
}
