using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Synthesis;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>Made-up data sets for sweeps that are given none, as <c>data-prep synth</c> and <c>shard</c> make them.</summary>
internal static class SyntheticData
{
    /// <summary>Makes a data set unless it is there, and returns its location.</summary>
    /// <param name="folder">Where data sets are kept.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="options">What is made up.</param>
    /// <param name="ratingsMax">Ratings that are kept of it, the first ones of the file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<string> EnsureAsync(
        string folder, string name, SyntheticOptions options, long ratingsMax, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(Path.Combine(folder, name));
        if (await store.GetLengthAsync("manifest.json", cancellationToken) is null)
        {
            using MemoryStream lines = new();
            SyntheticRatings.Write(lines, options, cancellationToken: cancellationToken);
            lines.Position = 0;
            RatingsReaderOptions reading = new() { RatingsMax = ratingsMax };
            using RatingTable table = RatingsReader.Read(lines, "ratings.dat", reading, cancellationToken: cancellationToken);
            await new DatasetWriter(store, new DatasetWriterOptions()).WriteAsync(table, cancellationToken: cancellationToken);
        }

        return store.Location.AbsoluteUri;
    }
}
