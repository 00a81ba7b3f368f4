using System.CommandLine;
using System.Text.Json;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Plan;
using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using Architecture = System.Runtime.InteropServices.Architecture;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec plan</c>: forecasts time and price of a training, and recommends workers and memory.</summary>
internal sealed class PlanCommand
{
    private readonly Terminal _terminal;
    private readonly PlanOptions _options = new();

    private PlanCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        PlanCommand plan = new(terminal);
        Command command = new("plan", "Forecasts time and cost of a training over workers and memory, and recommends a configuration.");
        plan._options.AddTo(command);
        command.SetAction(plan.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        WrongInput.ReportedAsync(() => PlanAsync(_options.Read(parsed), cancellationToken));

    private async Task<int> PlanAsync(PlanRequest asked, CancellationToken cancellationToken)
    {
        TrainingPlan plan = TrainingPlan.From(
            new CoordinatorEvent
            {
                Dataset = asked.Dataset,
                Output = asked.Dataset,
                Algorithm = asked.Algorithm,
                Factors = asked.Factors,
                Epochs = asked.Epochs,
                CheckpointEvery = asked.CheckpointEvery,
            },
            DateTimeOffset.UnixEpoch);
        using IObjectStore store = ObjectStores.Open(asked.Dataset);
        DatasetManifest manifest = (await DatasetReader.OpenAsync(store, cancellationToken)).Manifest;
        Calibration calibration = await Calibrating.ReadAsync(asked, cancellationToken);
        if (asked.Save is { } file) CalibrationFile.Write(file, calibration);
        CostModel model = new(asked.Store.Adapt(calibration), LambdaPrices.Of(asked.Architecture), asked.Store.Prices);
        Frontier frontier = new Planner(model, plan, manifest, asked.CpuScale).Evaluate(asked.Workers, asked.Memories);
        if (frontier.All.Count == 0)
            throw new CliException("no configuration has enough memory for its arrays, expected more with --memory", ExitCode.Failed);
        Forecast? recommended = asked.Recommend(frontier);
        PlanReport report = new()
        {
            Dataset = asked.Dataset,
            Ratings = manifest.TrainRatings,
            Shards = manifest.Shards.Length,
            Algorithm = plan.Settings.Algorithm,
            Factors = plan.Settings.Factors,
            Epochs = plan.Settings.Epochs,
            Store = asked.Store.Name,
            Architecture = asked.Architecture == Architecture.Arm64 ? "arm64" : "x86_64",
            CpuScale = asked.CpuScale,
            Prices = PriceTable.Date,
            Calibration = calibration,
            Configurations = frontier.All,
            Frontier = frontier.Best,
            Recommended = recommended,
        };
        if (asked.Json is { } json)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(report, PlanJson.Default.PlanReport), cancellationToken);
        foreach (string line in PlanText.Lines(report, frontier)) await _terminal.Output.WriteLineAsync(line);
        if (!asked.HasGoal) return ExitCode.Done;
        if (recommended is null) throw new CliException(asked.Unreachable(frontier), ExitCode.Failed);
        await _terminal.Output.WriteLineAsync($"\n{PlanText.Recommendation(recommended)}");
        return ExitCode.Done;
    }
}
