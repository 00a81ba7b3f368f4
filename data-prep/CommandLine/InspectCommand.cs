using System.CommandLine;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep inspect</c>: what a manifest says.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var location = new Argument<string>("URI") { Description = "The data set: s3://bucket/prefix, file:///dir or a directory" };
        var command = new Command("inspect", "Show counts, split and shards of a data set.") { location };
        Guarded.SetAction(command, terminal, verbose, async (parsed, cancellationToken) =>
        {
            using IObjectStore store = Stores.Open("URI", parsed.GetRequiredValue(location));
            DatasetReader reader = await DatasetReader.OpenAsync(store, cancellationToken);
            terminal.Output.WriteLine($"{store.Location}, format version {reader.Manifest.FormatVersion}");
            terminal.Output.WriteLine(
                $"{reader.Manifest.Ratings:N0} ratings by {reader.Manifest.Users:N0} users of {reader.Manifest.Items:N0} items");
            ManifestText.WriteSummary(terminal.Output, reader.Manifest);
            ManifestText.WriteShards(terminal.Output, reader.Manifest);
        });
        return command;
    }
}
