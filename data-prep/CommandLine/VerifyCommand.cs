using System.CommandLine;
using System.Diagnostics;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep verify</c>: whether a data set is whole and true.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var location = new Argument<string>("URI") { Description = "The data set: s3://bucket/prefix, file:///dir or a directory" };
        var command = new Command("verify", "Check every checksum, row and number of a data set.") { location };
        Guarded.SetAction(command, terminal, verbose, async (parsed, cancellationToken) =>
        {
            long started = Stopwatch.GetTimestamp();
            using IObjectStore store = Locations.Open("URI", parsed.GetRequiredValue(location));
            DatasetManifest manifest = await StageDisplay.For(terminal).RunAsync(
                stages => DatasetVerifier.VerifyAsync(store, stages.Begin($"reading {store.Location}"), cancellationToken));
            terminal.Output.WriteLine(
                $"{store.Location} is whole: {(2 * manifest.Shards.Length) + 3:N0} files with {manifest.Ratings:N0} ratings, checked in "
                + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
        });
        return command;
    }
}
