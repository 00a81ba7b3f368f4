using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The coordinator event's fields as options, name for name.</summary>
internal sealed class TrainOptions
{
    public Option<string> Dataset { get; } = new("--dataset") { Description = "Location of the data set that 'data-prep shard' wrote", Required = true };

    public Option<string> Output { get; } = new("--output") { Description = "Location below which the run's folder is made", Required = true };

    public Option<string?> Run { get; } = new("--run") { Description = "Name of the run [default: made from the time of day]" };

    public Option<int?> Workers { get; } = new("--workers") { Description = "Workers; 0 trains in the coordinator's own process [default: 3]" };

    public Option<int?> Epochs { get; } = new("--epochs") { Description = "Epochs [default: 50; als 15, bayesian 100]" };

    public Option<int?> Factors { get; } = new("--factors") { Description = "Length of the factor vectors [default: 10]" };

    public Option<string?> Algorithm { get; } = new("--algorithm") { Description = "batch-gradient, als or bayesian [default: batch-gradient]" };

    public Option<string?> Optimizer { get; } = new("--optimizer") { Description = "momentum, nesterov or adam [default: nesterov]" };

    public Option<double?> LearningRate { get; } = new("--learning-rate") { Description = "Step size [default: 0.1; adam 0.03]" };

    public Option<double?> Momentum { get; } = new("--momentum") { Description = "Share of the last step that is kept [default: 0.9; 0.7 with mini-batches]" };

    public Option<double?> Regularization { get; } = new("--regularization") { Description = "Weight of the L2 penalty per rating [default: chosen from the data]" };

    public Option<string?> LearningRateSchedule { get; } = new("--learning-rate-schedule") { Description = "constant or cosine [default: constant]" };

    public Option<int?> WarmupEpochs { get; } = new("--warmup-epochs") { Description = "Epochs in which the step size rises to its full value [default: 0]" };

    public Option<int?> BatchesPerEpoch { get; } = new("--batches-per-epoch") { Description = "Mini-batches of users in an epoch [default: 1]" };

    public Option<int?> BurnIn { get; } = new("--burn-in") { Description = "Rounds of bayesian that are not averaged [default: a fifth of the epochs, at most 20]" };

    public Option<string?> InitialModel { get; } = new("--initial-model") { Description = "Location of a saved model to start from" };

    public Option<long?> Seed { get; } = new("--seed") { Description = "Seed of everything random [default: 42]" };

    public Option<string?> Preset { get; } = new("--preset") { Description = "paper: the paper's configuration to the letter" };

    public Option<string?> Exchange { get; } = new("--exchange") { Description = "await or poll [default: await]" };

    public Option<int?> CheckpointEvery { get; } = new("--checkpoint-every") { Description = "Epochs between checkpoints; 0 writes none [default: 10]" };

    public Option<int?> Patience { get; } = new("--patience")
    {
        Description = "Stop after so many epochs without a better held-out error, keep the best; 0 never stops [default: 0]",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Options.Add(option);
    }

    public CoordinatorEvent Read(ParseResult parsed, string dataset, string output, string run) => new()
    {
        Role = "coordinator",
        Run = run,
        Dataset = dataset,
        Output = output,
        Workers = parsed.GetValue(Workers),
        Epochs = parsed.GetValue(Epochs),
        Factors = parsed.GetValue(Factors),
        Algorithm = parsed.GetValue(Algorithm),
        Optimizer = parsed.GetValue(Optimizer),
        LearningRate = parsed.GetValue(LearningRate),
        Momentum = parsed.GetValue(Momentum),
        Regularization = parsed.GetValue(Regularization),
        LearningRateSchedule = parsed.GetValue(LearningRateSchedule),
        WarmupEpochs = parsed.GetValue(WarmupEpochs),
        BatchesPerEpoch = parsed.GetValue(BatchesPerEpoch),
        BurnIn = parsed.GetValue(BurnIn),
        InitialModel = parsed.GetValue(InitialModel) is { } model ? Locations.Absolute("--initial-model", model) : null,
        Seed = parsed.GetValue(Seed),
        Preset = parsed.GetValue(Preset),
        Exchange = parsed.GetValue(Exchange),
        CheckpointEvery = parsed.GetValue(CheckpointEvery),
        Patience = parsed.GetValue(Patience),
    };

    private Option[] All =>
    [
        Dataset, Output, Run, Workers, Epochs, Factors, Algorithm, Optimizer, LearningRate, Momentum, Regularization, LearningRateSchedule,
        WarmupEpochs, BatchesPerEpoch, BurnIn, InitialModel, Seed, Preset, Exchange, CheckpointEvery, Patience,
    ];
}
