namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A stream that can seek as a file. Its reads are complete when they return.</summary>
internal sealed class StreamFile(Stream stream) : IRandomAccessFile
{
    public long Length { get; } = stream.Length;

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        stream.Seek(offset, SeekOrigin.Begin);
        int read = stream.ReadAtLeast(destination.Span, destination.Length, throwOnEndOfStream: false);
        return read == destination.Length
            ? ValueTask.CompletedTask
            : throw new ParquetFormatException($"file: ends at byte {offset + read}, expected {offset + destination.Length}");
    }
}
