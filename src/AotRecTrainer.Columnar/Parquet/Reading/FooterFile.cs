using System.Buffers.Binary;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Finds the footer at the end of a file.</summary>
internal static class FooterFile
{
    private const int TailBytes = 8;

    // Most footers fit, and are read together with their length.
    private const int FirstRead = 1 << 16;

    /// <summary>Reads the footer: in one go where it is small.</summary>
    public static async ValueTask<FileFooter> ReadAsync(IRandomAccessFile file, CancellationToken cancellation)
    {
        if (file.Length < 4 + TailBytes)
            throw new ParquetFormatException($"file: {file.Length} bytes, expected a Parquet file");
        byte[] end = new byte[Math.Min(FirstRead, file.Length)];
        await file.ReadAsync(file.Length - end.Length, end, cancellation);
        int size = CheckTail(end.AsSpan(end.Length - TailBytes), file.Length);

        // How a larger file begins is not worth a read of its own.
        if (end.Length == file.Length && !end.AsSpan(0, 4).SequenceEqual("PAR1"u8))
            throw NoParquetFile();
        long start = file.Length - TailBytes - size;
        if (size <= end.Length - TailBytes)
            return FooterReader.Read(end.AsSpan(end.Length - TailBytes - size, size), start);
        byte[] footer = new byte[size];
        await file.ReadAsync(start, footer, cancellation);
        return FooterReader.Read(footer, start);
    }

    private static ParquetFormatException NoParquetFile() => new("file: no PAR1 at its start and end, expected a Parquet file");

    private static int CheckTail(ReadOnlySpan<byte> tail, long fileLength)
    {
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new ParquetFormatException("file: encrypted files are not supported");
        if (!tail[4..].SequenceEqual("PAR1"u8))
            throw NoParquetFile();
        int size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        return size >= 0 && size <= fileLength - TailBytes - 4
            ? size
            : throw new ParquetFormatException($"file: footer of {size} bytes, expected at most {fileLength - TailBytes - 4}");
    }
}
