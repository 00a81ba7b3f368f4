using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Sweep;
using AotRecTrainer.Dataset.Synthesis;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec sweep</c>: trains with every configuration of a grid, or with those of the paper, and writes tables.</summary>
internal sealed class SweepCommand
{
    private const long SmallRatings = 120_000;
    private readonly Terminal _terminal;
    private readonly Option<bool> _paper = new("--paper") { Description = "The paper's experiments: memory, workers, cold starts" };
    private readonly Option<string[]> _datasets = new("--dataset")
    {
        Description = "Location of a data set; give it again for more [default: a synthetic one of a million ratings]",
        HelpName = "URI",
    };

    private readonly Option<string> _workers = List("--workers", "Numbers of workers", "1,3,5");
    private readonly Option<string> _memory = List("--memory", "Memory of the functions in MB", "1769");
    private readonly Option<string> _algorithms = List("--algorithm", "Algorithms; paper is the preset", "batch-gradient");
    private readonly Option<int?> _factors = NumberOption.Create<int>("--factors", "Length of the factor vectors [default: the algorithm's]");
    private readonly Option<int> _epochs = NumberOption.Create("--epochs", "Epochs of a grid", 20);
    private readonly Option<double?> _cpuScale = NumberOption.Create<double>(
        "--cpu-scale", "Multiplies every function's CPU share [default: so that the shares fit this machine]");

    private readonly Option<int?> _pin = NumberOption.Create<int>(
        "--pin-to-cpu", "The one CPU that all workers share; the coordinator keeps off it [default: any]");
    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder for tables, runs and figures; a sweep that was interrupted goes on there",
        HelpName = "DIR",
        DefaultValueFactory = _ => "sweep",
    };

    private readonly Option<string?> _bootstrap = FunctionOptions.Bootstrap();

    private SweepCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        SweepCommand sweep = new(terminal);
        Command command = new("sweep", "Measures time, memory and cost over workers, memory, data sets and algorithms.")
        {
            sweep._paper, sweep._datasets, sweep._workers, sweep._memory, sweep._algorithms, sweep._factors, sweep._epochs, sweep._cpuScale,
            sweep._pin, sweep._output, sweep._bootstrap,
        };
        command.SetAction(sweep.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(parsed.GetRequiredValue(_output));
        string executable = FunctionOptions.Executable(parsed.GetValue(_bootstrap));
        Directory.CreateDirectory(folder);
        (string Title, SweepCell[] Cells)[] tables = parsed.GetValue(_paper)
            ? await PaperAsync(parsed, folder, cancellationToken)
            : [("Grid", [.. await GridAsync(parsed, folder, cancellationToken)])];
        SweepCell[] cells = [.. tables.SelectMany(table => table.Cells)];
        double cpuScale = parsed.GetValue(_cpuScale) ?? SweepScale.Fitting(cells, Environment.ProcessorCount);
        SweepRunner runner = new(executable, folder, cpuScale, parsed.GetValue(_pin));
        SweepFile file = SweepFile.Open(folder, cpuScale);
        await MeasureAsync(runner, file, cells, cancellationToken);
        bool isPaper = parsed.GetValue(_paper);
        SweepRow[] rows = [.. cells.DistinctBy(cell => cell.Key).Select(cell => file[cell]!)];
        string page = new SweepOutput(folder, cpuScale, runner.Isolation).Write(
            tables.Select(table => (table.Title, Lines(table.Cells, file, isPaper))), rows);
        await _terminal.Output.WriteAsync(page);
        await _terminal.Output.WriteLineAsync($"\nwrote sweep.md, sweep.csv and sweep.json to {folder}");
        return rows.All(row => row.Failure is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<string> Lines(SweepCell[] cells, SweepFile file, bool isPaper)
    {
        SweepRow[] rows = [.. cells.Select(cell => file[cell]!)];
        IEnumerable<string> table = SweepTables.Markdown(rows, isPaper ? PaperSweep.PaperSeconds : null);
        return rows is [var first, { Pass: 2 } second] ? [.. table, "", .. SweepTables.Epochs(first, second)] : table;
    }

    private async Task MeasureAsync(SweepRunner runner, SweepFile file, SweepCell[] cells, CancellationToken cancellationToken)
    {
        SweepCell[][] groups =
        [
            .. cells.DistinctBy(cell => cell.Key).GroupBy(cell => (cell with { Pass = 1 }).Key)
                .Select(group => group.OrderBy(cell => cell.Pass).ToArray()),
        ];
        for (int i = 0; i < groups.Length; i++)
        {
            SweepCell[] passes = groups[i];
            bool isKnown = passes.All(cell => file[cell] is { Failure: null });
            await _terminal.Error.WriteLineAsync($"{i + 1} of {groups.Length}: {passes[0].Key}{(isKnown ? ", measured before" : "")}");
            if (isKnown) continue;
            foreach (SweepRow row in await runner.MeasureAsync(passes, cancellationToken)) file.Add(row);
        }
    }

    private async Task<(string Title, SweepCell[] Cells)[]> PaperAsync(ParseResult parsed, string folder, CancellationToken cancellationToken)
    {
        string[] given = parsed.GetValue(_datasets) ?? [];
        if (given.Length > 2)
            throw new CliException($"{given.Length} data sets, expected one of a million ratings and one of 120,000", ExitCode.WrongInput);
        string large = given.Length > 0 ? Locations.Absolute("--dataset", given[0])
            : await SyntheticAsync(folder, PaperSweep.Large, long.MaxValue, cancellationToken);
        string small = given.Length > 1 ? Locations.Absolute("--dataset", given[1])
            : await SyntheticAsync(folder, PaperSweep.Small, SmallRatings, cancellationToken);
        return
        [
            ("Table 1: memory, one worker", PaperSweep.MemoryTable(large)),
            ("Table 2: workers, a million ratings", PaperSweep.WorkerTable(PaperSweep.Large, large)),
            ("Table 2: workers, 120,000 ratings", PaperSweep.WorkerTable(PaperSweep.Small, small)),
            ("Cold starts: five workers, two runs", PaperSweep.ColdStart(large)),
        ];
    }

    private async Task<IEnumerable<SweepCell>> GridAsync(ParseResult parsed, string folder, CancellationToken cancellationToken)
    {
        string[] given = parsed.GetValue(_datasets) ?? [];
        (string Name, string Location)[] sets = given.Length > 0
            ? [.. given.Select(location => (NameOf(location), Locations.Absolute("--dataset", location)))]
            : [(PaperSweep.Large, await SyntheticAsync(folder, PaperSweep.Large, long.MaxValue, cancellationToken))];
        int[] workers = Numbers(parsed, _workers), memories = Numbers(parsed, _memory);
        string[] algorithms = parsed.GetRequiredValue(_algorithms).Split(',', StringSplitOptions.TrimEntries);
        int? factors = parsed.GetValue(_factors);
        int epochs = parsed.GetValue(_epochs);
        return
            from set in sets
            from algorithm in algorithms
            from memory in memories
            from count in workers
            select new SweepCell(set.Name, set.Location, algorithm, count, memory, factors, epochs);
    }

    private async Task<string> SyntheticAsync(string folder, string name, long ratingsMax, CancellationToken cancellationToken)
    {
        await _terminal.Error.WriteLineAsync($"data set {name}: synthetic");
        return await SyntheticData.EnsureAsync(Path.Combine(folder, "data"), name, new SyntheticOptions(), ratingsMax, cancellationToken);
    }

    private static string NameOf(string location) => Path.GetFileName(location.TrimEnd('/')) is { Length: > 0 } name ? name : "data";

    private static Option<string> List(string name, string description, string otherwise) =>
        new(name) { Description = $"{description}, separated by commas", HelpName = "LIST", DefaultValueFactory = _ => otherwise };

    private static int[] Numbers(ParseResult parsed, Option<string> option) =>
    [
        .. parsed.GetRequiredValue(option).Split(',', StringSplitOptions.TrimEntries).Select(word => int.TryParse(word, out int number)
            ? number
            : throw new CliException($"{option.Name} has '{word}', expected whole numbers separated by commas", ExitCode.WrongInput)),
    ];
}
