using System.IO.Compression;
using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Input;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Reads ratings into one table, whatever they are in: MovieLens' three formats, text with a header, Parquet, Arrow IPC, any of the
/// texts compressed with gzip. Formats are told apart by content.
/// </summary>
public static class RatingsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="reading">Told the share of the file that was read.</param>
    /// <param name="sorting">Told the share that was sorted, when there is too much for memory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The table, which the caller disposes.</returns>
    /// <exception cref="RatingsFormatException">The file is empty or has bad lines; the first is named and all are counted.</exception>
    /// <exception cref="IOException">The file, or a temporary one, cannot be read or written.</exception>
    /// <exception cref="Storage.StorageException">The store failed.</exception>
    public static RatingTable Read(
        InputFile file, RatingsReaderOptions? options = null, IProgress<double>? reading = null, IProgress<double>? sorting = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using Stream stream = file.Open(reading);
        return Read(stream, file.Name, options, sorting, cancellationToken);
    }

    /// <summary>Reads a stream to its end and disposes it.</summary>
    /// <param name="input">The bytes of a file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="sorting">Told the share that was sorted, when there is too much for memory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The table, which the caller disposes.</returns>
    /// <exception cref="RatingsFormatException">The stream is empty or has bad lines; the first is named and all are counted.</exception>
    /// <exception cref="IOException">The stream, or a temporary file, cannot be read or written.</exception>
    public static RatingTable Read(
        Stream input, string name, RatingsReaderOptions? options = null, IProgress<double>? sorting = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new RatingsReaderOptions();
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        using RatingGatherer rows = Gather(input, name, options, cancellationToken);
        return rows.Build(sorting, cancellationToken);
    }

    private static RatingGatherer Gather(Stream input, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        using var peeked = new PeekedStream(input);
        switch (peeked.Format)
        {
            case InputFormat.Gzip:
                try
                {
                    return Gather(new GZipStream(peeked, CompressionMode.Decompress), name, options, cancellationToken);
                }
                catch (InvalidDataException error)
                {
                    throw new RatingsFormatException($"{name}: damaged gzip: {error.Message}");
                }

            case InputFormat.Parquet:
                return ColumnarRatings.ReadParquet(Seekable(peeked, name), name, options, cancellationToken);
            case InputFormat.ArrowFile:
                return ColumnarRatings.ReadArrowFile(Seekable(peeked, name), name, options, cancellationToken);
            case InputFormat.ArrowStream:
                return ColumnarRatings.ReadArrowStream(peeked, name, options, cancellationToken);
            default:
                return TextRatings.Read(peeked, name, options, cancellationToken);
        }
    }

    private static Stream Seekable(PeekedStream peeked, string name) => peeked.Rewound()
        ?? throw new RatingsFormatException($"{name}: {peeked.Format} in a pipe, in an archive or compressed, expected a file of its own");
}
