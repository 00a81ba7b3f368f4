using System.CommandLine;
using System.Text;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Report;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec report</c>: one page about one run or several.</summary>
internal sealed class ReportCommand
{
    private readonly Terminal _terminal;
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "Location of a run's folder; several are compared",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The page to write",
        HelpName = "FILE",
        DefaultValueFactory = _ => "report.html",
    };

    private ReportCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        ReportCommand report = new(terminal);
        Command command = new("report", "Writes a page with the errors, times, cost and settings of runs.") { report._runs, report._output };
        command.SetAction(report.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string output = Path.GetFullPath(parsed.GetRequiredValue(_output));
        ResultFile.Check(output, "--output");
        List<ReportedRun> runs = [];
        foreach (string run in parsed.GetRequiredValue(_runs))
            runs.Add(await RunFiles.ReadAsync(Locations.Absolute("RUN", run), cancellationToken));
        string page = ReportPage.Of(new ReportData([.. runs]));

        // Whole or not at all: somebody may have the page of before open.
        string temporary = output + ".part";
        await File.WriteAllTextAsync(temporary, page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        File.Move(temporary, output, overwrite: true);
        await _terminal.Output.WriteLineAsync($"wrote {output} ({new FileInfo(output).Length / 1024} KB)");
        if (!ReportPage.HasCharts)
            await _terminal.Error.WriteLineAsync("note: built without npm, and so without the charts' library; the page has tables only");
        return ExitCode.Done;
    }
}
