using System.CommandLine;
using System.Diagnostics;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep shard</c>: from a MovieLens file to a data set.</summary>
internal static class ShardCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var defaults = new DatasetWriterOptions();
        var input = new Option<string>("--input")
        {
            Description = "File of ratings (u.data, ratings.dat or ratings.csv, told apart by content), or a folder with one",
            HelpName = "PATH",
            Required = true,
        };
        var output = new Option<string>("--output")
        {
            Description = "Where the data set goes: s3://bucket/prefix, file:///dir or a directory",
            HelpName = "URI",
            Required = true,
        };
        var shards = new Option<int>("--shards")
        {
            Description = "Number of shards; with fewer users, one shard per user",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Shards,
        };
        var holdout = new Option<double>("--holdout")
        {
            Description = "Share of ratings held out for testing, from 0 to less than 1",
            HelpName = "SHARE",
            DefaultValueFactory = _ => defaults.Holdout,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Seed of the split",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Seed,
        };
        var command = new Command("shard", "Turn MovieLens ratings into a sharded Parquet data set.") { input, output, shards, holdout, seed };
        Guarded.SetAction(command, terminal, verbose, (parsed, cancellationToken) => RunAsync(
            terminal, parsed.GetRequiredValue(input), parsed.GetRequiredValue(output),
            new DatasetWriterOptions
            {
                Shards = parsed.GetValue(shards),
                Holdout = parsed.GetValue(holdout),
                Seed = parsed.GetValue(seed),
            },
            cancellationToken));
        return command;
    }

    private static async Task RunAsync(
        Terminal terminal, string input, string output, DatasetWriterOptions options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new InputException(string.Join("; ", problems));
        }

        using IObjectStore store = Stores.Open("--output", output);
        RatingsSource source = RatingsSource.Find(input);
        (RatingTable table, IReadOnlyDictionary<long, string>? titles, DatasetManifest manifest) =
            await StageDisplay.For(terminal).RunAsync(async stages =>
            {
                RatingTable read = Read(source, stages, cancellationToken);
                IReadOnlyDictionary<long, string>? named =
                    source.Titles is null ? null : TitlesReader.ReadFile(source.Titles, cancellationToken);
                IProgress<double> writing = stages.Begin($"writing {store.Location}");
                DatasetManifest written = await new DatasetWriter(store, options).WriteAsync(
                    read, named,
                    new DirectProgress<WriteProgress>(at => writing.Report((double)at.FilesWritten / at.Files)), cancellationToken);
                return (read, named, written);
            });
        Tell(terminal.Output, source, table, titles, manifest, options);
        terminal.Output.WriteLine($"wrote {store.Location} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
    }

    private static RatingTable Read(RatingsSource source, IStages stages, CancellationToken cancellationToken)
    {
        IProgress<double> reading = stages.Begin($"reading {source.Ratings}");
        double length = Math.Max(1, new FileInfo(source.Ratings).Length);
        return RatingsReader.ReadFile(
            source.Ratings, new DirectProgress<long>(bytes => reading.Report(bytes / length)), cancellationToken);
    }

    private static void Tell(
        TextWriter output, RatingsSource source, RatingTable table, IReadOnlyDictionary<long, string>? titles,
        DatasetManifest manifest, DatasetWriterOptions options)
    {
        output.WriteLine($"{manifest.Ratings:N0} ratings by {manifest.Users:N0} users of {manifest.Items:N0} items from {source.Ratings}");
        output.WriteLine(titles is null
            ? "no titles: no movies.csv, movies.dat or u.item beside it"
            : $"{table.ItemIds.Count(titles.ContainsKey):N0} titles from {source.Titles}");
        if (table.Duplicates > 0)
        {
            output.WriteLine($"{table.Duplicates:N0} ratings replaced by a later one of the same user and item: the last wins");
        }

        if (manifest.Shards.Length < options.Shards)
        {
            output.WriteLine($"{manifest.Shards.Length:N0} shards instead of {options.Shards:N0}: there are no more users");
        }

        ManifestText.WriteSummary(output, manifest);
    }
}
