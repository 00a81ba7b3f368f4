namespace AotRecTrainer.Columnar.Parquet;

/// <summary>A file that can be read at any place, such as an object in a store. Reads may come from several threads at once.</summary>
public interface IRandomAccessFile
{
    /// <summary>Bytes of the file; they do not change while it is read.</summary>
    long Length { get; }

    /// <summary>Fills the destination with the bytes from <paramref name="offset"/> on.</summary>
    /// <param name="offset">The first byte; it and all others lie within the file.</param>
    /// <param name="destination">Receives as many bytes as it has room for.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);
}
