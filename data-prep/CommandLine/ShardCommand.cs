using System.CommandLine;
using System.Diagnostics;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep shard</c>: from a file of ratings to a data set.</summary>
internal static class ShardCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var options = new ShardOptions();
        var command = new Command("shard", "Turn ratings into a sharded Parquet data set.");
        foreach (Option option in options.All)
        {
            command.Add(option);
        }

        Guarded.SetAction(command, terminal, verbose, (parsed, cancellationToken) => RunAsync(
            terminal, options.Input(parsed), options.Output(parsed), options.Reading(parsed), options.Writing(parsed), cancellationToken));
        return command;
    }

    private static async Task RunAsync(
        Terminal terminal, string input, string output, RatingsReaderOptions reading, DatasetWriterOptions writing,
        CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using IObjectStore store = Locations.Open("--output", output);
        using RatingsSource source = await Locations.FindAsync("--input", input, cancellationToken);
        string[] told = await StageDisplay.For(terminal).RunAsync(async stages =>
        {
            using RatingTable table = Read(source.Ratings, reading, stages, cancellationToken);
            IReadOnlyDictionary<long, string>? titles =
                source.Titles is null || table.ItemIds.AreText ? null : TitlesReader.Read(source.Titles, cancellationToken);
            IProgress<double> written = stages.Begin($"writing {store.Location}");
            DatasetManifest manifest = await new DatasetWriter(store, writing).WriteAsync(
                table, titles,
                new DirectProgress<WriteProgress>(at => written.Report((double)at.FilesWritten / at.Files)), cancellationToken);
            return Report(source, table, titles, manifest, writing).ToArray();
        });
        foreach (string line in told)
        {
            terminal.Output.WriteLine(line);
        }

        terminal.Output.WriteLine($"wrote {store.Location} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
    }

    private static RatingTable Read(InputFile file, RatingsReaderOptions options, IStages stages, CancellationToken cancellationToken)
    {
        // Only with too many ratings for memory is sorting a stage of its own.
        IProgress<double>? sorted = null;
        return RatingsReader.Read(
            file, options, stages.Begin($"reading {file.Name}"),
            new DirectProgress<double>(share => (sorted ??= stages.Begin("sorting")).Report(share)), cancellationToken);
    }

    private static IEnumerable<string> Report(
        RatingsSource source, RatingTable table, IReadOnlyDictionary<long, string>? titles, DatasetManifest manifest,
        DatasetWriterOptions options)
    {
        yield return $"{manifest.Ratings:N0} ratings by {manifest.Users:N0} users of {manifest.Items:N0} items from {source.Ratings.Name}";
        yield return titles is null
            ? "no titles: no movies.csv, movies.dat or u.item beside it"
            : $"{CountTitles(table.ItemIds, titles):N0} titles from {source.Titles!.Name}";
        if (table.Duplicates > 0)
        {
            yield return $"{table.Duplicates:N0} ratings replaced by a later one of the same user and item: the last wins";
        }

        if (manifest.Shards.Length < options.Shards)
        {
            yield return $"{manifest.Shards.Length:N0} shards instead of {options.Shards:N0}: there are no more users";
        }

        foreach (string line in ManifestText.Summary(manifest))
        {
            yield return line;
        }
    }

    private static int CountTitles(EntityIds items, IReadOnlyDictionary<long, string> titles)
    {
        int count = 0;
        foreach (long id in items.Integers)
        {
            count += titles.ContainsKey(id) ? 1 : 0;
        }

        return count;
    }
}
