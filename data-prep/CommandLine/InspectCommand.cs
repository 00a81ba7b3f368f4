using System.CommandLine;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.DataPrep.Inspection;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep inspect</c>: what a data set holds.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var location = new Argument<string>("URI") { Description = "The data set: s3://bucket/prefix, file:///dir or a directory" };
        var command = new Command("inspect", "Show counts, density, split, ratings, shards and a few rows of a data set.") { location };
        Guarded.SetAction(command, terminal, verbose, async (parsed, cancellationToken) =>
        {
            using IObjectStore store = Locations.Open("URI", parsed.GetRequiredValue(location));
            DatasetReader reader = await DatasetReader.OpenAsync(store, cancellationToken);
            DatasetContents contents = await StageDisplay.For(terminal).RunAsync(
                stages => DatasetContents.ReadAsync(reader, stages.Begin($"reading {store.Location}"), cancellationToken));
            foreach (string line in InspectText.Lines(store.Location, reader.Manifest, contents))
            {
                terminal.Output.WriteLine(line);
            }
        });
        return command;
    }
}
