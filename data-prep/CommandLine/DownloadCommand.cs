using System.CommandLine;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.DataPrep.Downloading;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep download</c>: an archive from GroupLens, or from a mirror.</summary>
internal static class DownloadCommand
{
    private static readonly DownloadLimits s_limits = new();

    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var name = new Argument<string>("NAME") { Description = "The data set: " + string.Join(", ", MovieLensArchive.All.Select(Described)) };
        name.AcceptOnlyFromAmong([.. MovieLensArchive.All.Select(archive => archive.Name)]);
        var output = new Option<string>("--output")
        {
            Description = "Folder for the archive: s3://bucket/prefix, file:///dir or a directory",
            HelpName = "URI",
            DefaultValueFactory = _ => ".",
        };
        var from = new Option<string>("--from")
        {
            Description = "Address of a mirror that has NAME.zip and NAME.zip.md5",
            HelpName = "URL",
            DefaultValueFactory = _ => MovieLensArchive.Publisher,
        };
        var timeout = new Option<double>("--timeout")
        {
            Description = "Give up after so many seconds; a later run goes on",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => s_limits.Total.TotalSeconds,
        };
        var command = new Command("download", "Get ratings from GroupLens, checked against the published checksum.") { name, output, from, timeout };
        Guarded.SetAction(command, terminal, verbose, (parsed, cancellationToken) => RunAsync(
            terminal, MovieLensArchive.All.First(archive => archive.Name == parsed.GetRequiredValue(name)), parsed.GetRequiredValue(output),
            Mirror(parsed.GetRequiredValue(from)), s_limits with { Total = Duration(parsed.GetValue(timeout)) }, cancellationToken));
        return command;
    }

    private static string Described(MovieLensArchive archive) => $"{archive.Name} ({archive.Ratings} ratings)";

    private static Uri Mirror(string address) =>
        Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InputException($"--from: found '{address}', expected an address that begins with https:// or http://");

    private static TimeSpan Duration(double seconds) => seconds is > 0 and <= 1e6
        ? TimeSpan.FromSeconds(seconds)
        : throw new InputException($"--timeout: found {seconds}, expected more than 0 seconds and at most a million");

    private static async Task RunAsync(
        Terminal terminal, MovieLensArchive archive, string output, Uri mirror, DownloadLimits limits, CancellationToken cancellationToken)
    {
        using IObjectStore store = Locations.Open("--output", output);
        var destination = new Destination(store, archive.FileName);
        var download = new ArchiveDownload(archive, new Uri(mirror, archive.FileName), destination, limits);
        string done = await StageDisplay.For(terminal).RunAsync(stages => download.RunAsync(stages, cancellationToken));
        terminal.Output.WriteLine(done);
        foreach (string line in archive.Licence)
        {
            terminal.Output.WriteLine(line);
        }

        terminal.Output.WriteLine($"next: data-prep shard --input {destination.FullName} --output FOLDER");
    }
}
