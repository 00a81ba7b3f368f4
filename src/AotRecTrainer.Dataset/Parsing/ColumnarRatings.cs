using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Reads ratings from record batches.</summary>
internal static class ColumnarRatings
{
    /// <summary>Reads a Parquet file.</summary>
    /// <param name="file">The file, which can seek.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows, at least one; the caller disposes them.</returns>
    /// <exception cref="RatingsFormatException">The file is damaged, lacks a column or has bad rows.</exception>
    public static RatingGatherer ReadParquet(Stream file, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new ParquetReader(file, leaveOpen: true);
            BatchParser parser = Parser(reader.Schema, name, options);
            string[] columns = [.. parser.Fields.Select(field => field.Name)];
            return Gather(reader.ReadBatches(columns), parser, name, options, cancellationToken);
        }
        catch (ParquetFormatException error)
        {
            throw new RatingsFormatException($"{name}: {error.Message}");
        }
    }

    /// <summary>Reads an Arrow IPC file.</summary>
    /// <inheritdoc cref="ReadParquet"/>
    public static RatingGatherer ReadArrowFile(Stream file, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new ArrowFileReader(file, leaveOpen: true);
            IEnumerable<RecordBatch> batches = Enumerable.Range(0, reader.BatchCount).Select(reader.ReadBatch);
            return Gather(batches, Parser(reader.Schema, name, options), name, options, cancellationToken);
        }
        catch (ArrowFormatException error)
        {
            throw new RatingsFormatException($"{name}: {error.Message}");
        }
    }

    /// <summary>Reads an Arrow IPC stream, which need not seek.</summary>
    /// <inheritdoc cref="ReadParquet"/>
    public static RatingGatherer ReadArrowStream(Stream file, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new ArrowStreamReader(file);
            return Gather(Batches(reader), Parser(reader.Schema, name, options), name, options, cancellationToken);
        }
        catch (ArrowFormatException error)
        {
            throw new RatingsFormatException($"{name}: {error.Message}");
        }
    }

    private static IEnumerable<RecordBatch> Batches(ArrowStreamReader reader)
    {
        while (reader.ReadNext() is { } batch)
        {
            yield return batch;
        }
    }

    private static BatchParser Parser(Schema schema, string name, RatingsReaderOptions options)
    {
        string? problem = options.Columns.Find([.. schema.Fields.Select(field => field.Name)], out ColumnPlaces places);
        BatchParser? parser = problem is null ? BatchParser.Create(schema, places, options.TextIds, out problem) : null;
        return parser ?? throw new RatingsFormatException($"{name}: {problem}");
    }

    private static RatingGatherer Gather(
        IEnumerable<RecordBatch> batches, BatchParser parser, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        var rows = new RatingGatherer(parser.HasTimestamps, options.RowsInMemory, options.TemporaryFolder);
        try
        {
            int space = rows.AddSpace(parser.Space);
            var tally = new LineTally();
            foreach (RecordBatch batch in batches)
            {
                using (batch)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    RatingChunk chunk = parser.Parse(batch, tally, options.RatingsMax - rows.Count);
                    chunk.Space = space;
                    rows.Add(chunk);
                }

                if (rows.Count >= options.RatingsMax)
                {
                    break;
                }
            }

            tally.ThrowIfBad(name, "row");
            return rows.Count > 0 ? rows : throw new RatingsFormatException($"{name} has no ratings");
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}
