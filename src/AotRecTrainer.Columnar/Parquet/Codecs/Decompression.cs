using System.IO.Compression;
using AotRecTrainer.Columnar.Interop;

namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>Decompresses pages of every codec that can be read here. Compressed bytes are not trusted.</summary>
internal static class Decompression
{
    /// <summary>Why a codec cannot be read here; null when it can.</summary>
    public static string? Problem(Codec codec) => codec switch
    {
        Codec.Uncompressed or Codec.Snappy or Codec.Gzip or Codec.Brotli or Codec.Lz4Raw => null,
        Codec.Zstd => LibZstd.IsAvailable ? null : $"compression ZSTD needs {LibZstd.FileName}, which is not installed (Debian: libzstd1)",
        Codec.Lzo or Codec.Lz4 => $"compression {codec} is not supported",
        _ => $"compression number {(int)codec} is not supported",
    };

    /// <summary>How many bytes one compressed byte can stand for; for codecs with no useful bound, anything.</summary>
    public static long LargestRatio(Codec codec) => codec switch
    {
        Codec.Uncompressed => 1,
        Codec.Snappy => Snappy.LargestRatio,
        Codec.Lz4Raw => Lz4.LargestRatio,
        Codec.Gzip => 1032,
        _ => int.MaxValue,
    };

    /// <summary>Decompresses into the first <paramref name="length"/> bytes of <paramref name="destination"/>.</summary>
    /// <returns>False when the bytes are damaged or stand for another number of bytes.</returns>
    public static bool TryDecompress(Codec codec, ReadOnlySpan<byte> source, Span<byte> destination, int length) => codec switch
    {
        Codec.Snappy => Snappy.TryDecompress(source, destination, length),
        Codec.Lz4Raw => Lz4.TryDecompress(source, destination[..length]),
        Codec.Brotli => BrotliDecoder.TryDecompress(source, destination[..length], out int written) && written == length,
        Codec.Zstd => LibZstd.TryDecompress(source, destination[..length]),
        Codec.Gzip => !source.IsEmpty && TryUnzip(source, destination[..length]),
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "Not a codec that can be read."),
    };

    private static unsafe bool TryUnzip(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* start = source)
        {
            using UnmanagedMemoryStream compressed = new(start, source.Length);
            using GZipStream unzipped = new(compressed, CompressionMode.Decompress);
            try
            {
                return unzipped.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) == destination.Length
                    && unzipped.ReadByte() < 0;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }
}
