using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Plan;
using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The options of <c>aotrec plan</c>.</summary>
internal sealed class PlanOptions
{
    private const int MemoryMin = 128;
    private const int MemoryMax = 10_240;
    private const int WorkersMax = 1000;

    private readonly Option<string> _dataset = new("--dataset")
    {
        Description = "Location of the data set; only its manifest is read",
        HelpName = "URI",
        Required = true,
    };

    private readonly Option<double?> _minutes = NumberOption.Create<double>("--target-minutes", "Recommend the cheapest configuration that is done in time");
    private readonly Option<double?> _budget = NumberOption.Create<double>("--budget", "Recommend the fastest configuration for so many US dollars");
    private readonly Option<string?> _algorithm = Text("--algorithm", "NAME", "batch-gradient, als or bayesian [default: batch-gradient]");
    private readonly Option<int?> _factors = NumberOption.Create<int>("--factors", "Length of the factor vectors [default: the algorithm's]");
    private readonly Option<int?> _epochs = NumberOption.Create<int>("--epochs", "Epochs [default: the algorithm's]");
    private readonly Option<int?> _checkpoints = NumberOption.Create<int>("--checkpoint-every", "Epochs between checkpoints; 0 writes none [default: as train]");
    private readonly Option<string> _workers = List("--workers", "Numbers of workers to compare", "0,1,2,3,4,5,6,8,10,12");
    private readonly Option<string> _memory = List("--memory", "Memory of the functions in MB to compare", "512,885,1024,1769,2654,3538,5307,7076,10240");
    private readonly Option<string> _architecture = new("--architecture")
    {
        Description = "Prices of x86_64 or arm64 functions; the speed is the calibration's",
        HelpName = "NAME",
        DefaultValueFactory = _ => "x86_64",
    };

    private readonly Option<string?> _store = Text(
        "--store", "KIND", $"{string.Join(", ", StoreKind.All.Select(kind => kind.Name))} [default: what the data set is in]");

    private readonly Option<double> _cpuScale = NumberOption.Create(
        "--cpu-scale", "What a local stand-in multiplies CPU shares by, of the calibrating runs and of the forecast", 1.0);

    private readonly Option<string[]> _calibrate = new("--calibrate")
    {
        Description = "Locations of finished runs to learn from",
        HelpName = "RUN",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _fromScratch = new("--from-scratch") { Description = "Learn from these runs alone" };
    private readonly Option<string?> _calibration = Text("--calibration", "FILE", "A saved calibration to start from [default: the program's own]");
    private readonly Option<string?> _save = Text("--save-calibration", "FILE", "File for the calibration that the plan rests on");
    private readonly Option<string?> _json = Text("--json", "FILE", "File for the plan as JSON");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _dataset, _minutes, _budget, _algorithm, _factors, _epochs, _checkpoints, _workers, _memory, _architecture, _store, _cpuScale, _calibrate,
            _fromScratch, _calibration, _save, _json,
        ];
        foreach (Option option in all) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_minutes) is not null && result.GetResult(_budget) is not null)
                result.AddError("Give one of '--target-minutes' and '--budget', not both.");
            if (result.GetResult(_fromScratch) is { Implicit: false } && result.GetResult(_calibrate) is null)
                result.AddError("Option '--from-scratch' needs '--calibrate'.");
        });
    }

    /// <summary>What a command line asks for.</summary>
    /// <exception cref="CliException">Something is out of its range.</exception>
    public PlanRequest Read(ParseResult parsed)
    {
        string dataset = Locations.Absolute("--dataset", parsed.GetRequiredValue(_dataset));
        foreach (Option<string?> file in (Option<string?>[])[_save, _json])
        {
            if (parsed.GetValue(file) is { } path) ResultFile.Check(path, file.Name);
        }

        return new PlanRequest
        {
            Dataset = dataset,
            Algorithm = parsed.GetValue(_algorithm),
            Factors = parsed.GetValue(_factors),
            Epochs = parsed.GetValue(_epochs),
            CheckpointEvery = parsed.GetValue(_checkpoints),
            Workers = Numbers(parsed, _workers, 0, WorkersMax),
            Memories = Numbers(parsed, _memory, MemoryMin, MemoryMax),
            Architecture = ArchitectureOf(parsed.GetRequiredValue(_architecture)),
            Store = StoreOf(parsed.GetValue(_store), dataset),
            CpuScale = Positive(_cpuScale.Name, parsed.GetValue(_cpuScale)),
            TargetMinutes = parsed.GetValue(_minutes) is { } minutes ? Positive(_minutes.Name, minutes) : null,
            BudgetUsd = parsed.GetValue(_budget) is { } dollars ? Positive(_budget.Name, dollars) : null,
            Runs = [.. (parsed.GetValue(_calibrate) ?? []).Select(run => Locations.Absolute(_calibrate.Name, run))],
            IsFromScratch = parsed.GetValue(_fromScratch),
            Calibration = parsed.GetValue(_calibration),
            Save = parsed.GetValue(_save),
            Json = parsed.GetValue(_json),
        };
    }

    private static Architecture ArchitectureOf(string name) => name switch
    {
        "x86_64" => Architecture.X64,
        "arm64" => Architecture.Arm64,
        _ => throw Wrong($"--architecture is '{name}', expected x86_64 or arm64"),
    };

    private static StoreKind StoreOf(string? name, string dataset) => name is null
        ? StoreKind.Of(new Uri(dataset))
        : StoreKind.All.FirstOrDefault(kind => kind.Name == name)
            ?? throw Wrong($"--store is '{name}', expected {string.Join(", ", StoreKind.All.Select(kind => kind.Name))}");

    private static double Positive(string name, double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw Wrong($"{name} is {value.ToString(CultureInfo.InvariantCulture)}, expected a number above 0");

    private static int[] Numbers(ParseResult parsed, Option<string> option, int least, int most) =>
    [
        .. parsed.GetRequiredValue(option).Split(',', StringSplitOptions.TrimEntries).Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw Wrong($"{option.Name} has '{word}', expected whole numbers from {least} to {most} separated by commas")),
    ];

    private static Option<string> List(string name, string description, string otherwise) =>
        new(name) { Description = $"{description}, separated by commas", HelpName = "LIST", DefaultValueFactory = _ => otherwise };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static CliException Wrong(string message) => new(message, ExitCode.WrongInput);
}
