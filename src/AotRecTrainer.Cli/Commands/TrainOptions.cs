using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Commands;

/// <summary>
/// The coordinator event's fields as options, name for name. What is not given stays null: the event's reader fills it in.
/// </summary>
internal sealed class TrainOptions
{
    private readonly Option<string?> _run = Text("--run", "NAME", "Name of the run [default: made from the time of day]");
    private readonly Option<int?> _workers = NumberOption.Create<int>(
        "--workers", $"Workers; 0 trains in the coordinator's own process [default: {TrainingDefaults.Workers}]");

    private readonly Option<int?> _epochs = NumberOption.Create<int>("--epochs", $"Epochs [default: {Epochs(AlgorithmName.BatchGradient)}; "
        + $"als {Epochs(AlgorithmName.Als)}, bayesian {Epochs(AlgorithmName.Bayesian)}]");

    private readonly Option<int?> _factors = NumberOption.Create<int>(
        "--factors", $"Length of the factor vectors [default: {TrainingDefaults.Factors}]");

    private readonly Option<string?> _algorithm = Text("--algorithm", "NAME", "batch-gradient, als or bayesian [default: batch-gradient]");
    private readonly Option<string?> _optimizer = Text("--optimizer", "NAME", "momentum, nesterov or adam [default: nesterov]");
    private readonly Option<double?> _learningRate = NumberOption.Create<double>(
        "--learning-rate", $"Step size [default: {TrainingDefaults.LearningRate}; adam {TrainingDefaults.AdamLearningRate}]");

    private readonly Option<double?> _momentum = NumberOption.Create<double>(
        "--momentum",
        $"Share of the last step that is kept [default: {TrainingDefaults.Momentum(1)}; {TrainingDefaults.Momentum(2)} with mini-batches]");

    private readonly Option<double?> _regularization = NumberOption.Create<double>(
        "--regularization", "Weight of the L2 penalty per rating [default: chosen from the data]");

    private readonly Option<string?> _learningRateSchedule = Text(
        "--learning-rate-schedule", "NAME", "constant or cosine [default: constant]");

    private readonly Option<int?> _warmupEpochs = NumberOption.Create<int>(
        "--warmup-epochs", "Epochs in which the step size rises to its full value [default: 0]");

    private readonly Option<int?> _batchesPerEpoch = NumberOption.Create<int>(
        "--batches-per-epoch", "Mini-batches of users in an epoch [default: 1]");

    private readonly Option<int?> _burnIn = NumberOption.Create<int>(
        "--burn-in", "Rounds of bayesian that are not averaged [default: a fifth of the epochs, at most 20]");

    private readonly Option<string?> _initialModel = Text("--initial-model", "URI", "Location of a saved model to start from");
    private readonly Option<long?> _seed = NumberOption.Create<long>(
        "--seed", $"Seed of everything random [default: {TrainingDefaults.Seed}]");

    private readonly Option<string?> _preset = Text("--preset", "NAME", "paper: the paper's configuration to the letter");
    private readonly Option<string?> _exchange = Text("--exchange", "KIND", "await or poll [default: await]");
    private readonly Option<int?> _checkpointEvery = NumberOption.Create<int>(
        "--checkpoint-every", $"Epochs between checkpoints; 0 writes none [default: {TrainingDefaults.CheckpointEvery}]");

    private readonly Option<int?> _patience = NumberOption.Create<int>(
        "--patience", "Stop after so many epochs without a better held-out error, keep the best; 0 never stops [default: 0]");

    private readonly Option<int?> _maxAttempts = NumberOption.Create<int>(
        "--max-attempts", $"Most attempts at the same shards of a round [default: {TrainingDefaults.MaxAttempts}]");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with the run of that name below --output from its last checkpoint; takes no other setting",
    };

    private readonly Option<string?> _workerFunction = Text(
        "--worker-function", "NAME", "Function that workers are invoked as [default: the coordinator's own]");

    /// <summary>Where the data set is, as typed.</summary>
    public Option<string?> Dataset { get; } = new("--dataset")
    {
        Description = "Location of the data set that 'data-prep shard' wrote: s3://bucket/prefix, file:///dir or a directory",
        HelpName = "URI",
    };

    /// <summary>Where the run's folder is made, as typed.</summary>
    public Option<string> Output { get; } = new("--output")
    {
        Description = "Location below which the run's folder is made",
        HelpName = "URI",
        Required = true,
    };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Dataset, Output, _run, _workers, _epochs, _factors, _algorithm, _optimizer, _learningRate, _momentum, _regularization,
            _learningRateSchedule, _warmupEpochs, _batchesPerEpoch, _burnIn, _initialModel, _seed, _preset, _exchange, _checkpointEvery,
            _patience, _maxAttempts, _workerFunction, _resume,
        ];
        foreach (Option option in all) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            bool resumes = result.GetResult(_resume) is { Implicit: false };
            if (!resumes && result.GetResult(Dataset) is null) result.AddError("Option '--dataset' is required.");
            if (resumes && result.GetResult(_run) is null) result.AddError("Option '--resume' needs '--run'.");
        });
    }

    /// <summary>The event that a command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="dataset">Location of the data set, absolute; null to resume.</param>
    /// <param name="output">Location of the runs, absolute.</param>
    public CoordinatorEvent Read(ParseResult parsed, string? dataset, string output) => new()
    {
        Role = "coordinator",
        Run = parsed.GetValue(_run),
        Dataset = dataset,
        Output = output,
        Workers = parsed.GetValue(_workers),
        Epochs = parsed.GetValue(_epochs),
        Factors = parsed.GetValue(_factors),
        Algorithm = parsed.GetValue(_algorithm),
        Optimizer = parsed.GetValue(_optimizer),
        LearningRate = parsed.GetValue(_learningRate),
        Momentum = parsed.GetValue(_momentum),
        Regularization = parsed.GetValue(_regularization),
        LearningRateSchedule = parsed.GetValue(_learningRateSchedule),
        WarmupEpochs = parsed.GetValue(_warmupEpochs),
        BatchesPerEpoch = parsed.GetValue(_batchesPerEpoch),
        BurnIn = parsed.GetValue(_burnIn),
        InitialModel = parsed.GetValue(_initialModel) is { } model ? Locations.Absolute("--initial-model", model) : null,
        Seed = parsed.GetValue(_seed),
        Preset = parsed.GetValue(_preset),
        Exchange = parsed.GetValue(_exchange),
        CheckpointEvery = parsed.GetValue(_checkpointEvery),
        Patience = parsed.GetValue(_patience),
        MaxAttempts = parsed.GetValue(_maxAttempts),
        WorkerFunction = parsed.GetValue(_workerFunction),
        Resume = parsed.GetValue(_resume) ? true : null,
    };

    private static int Epochs(string algorithm) => TrainingDefaults.Epochs(algorithm);

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
