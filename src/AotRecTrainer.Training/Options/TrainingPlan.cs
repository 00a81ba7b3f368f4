using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Options;

/// <summary>What will run: a checked <see cref="CoordinatorEvent"/> with every value filled in.</summary>
public sealed record TrainingPlan
{
    private const int WorkersMax = 1000;
    private const int EpochsMax = 100_000;
    private const int BatchesMax = 1000;
    private const int AttemptsMax = 20;

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Location below which the run's folder is made.</summary>
    public required string Output { get; init; }

    /// <summary>Number of workers; 0 trains in the coordinator's process.</summary>
    public required int Workers { get; init; }

    /// <summary>How statistics come back.</summary>
    public required ExchangeKind Exchange { get; init; }

    /// <summary>Epochs between checkpoints; 0 writes none while all goes well.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>Most attempts at the same shards of a round.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Function that workers are invoked as; null is the coordinator's own.</summary>
    public required string? WorkerFunction { get; init; }

    /// <summary>What decides the bits of the model.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>A short digest of run and settings, carried by everything that the run stores.</summary>
    public string Fingerprint
    {
        get
        {
            byte[] settings = JsonSerializer.SerializeToUtf8Bytes(Settings, TrainingJson.Default.TrainingSettings);
            return Convert.ToHexStringLower(SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(Run + "\n"), .. settings]))[..16];
        }
    }

    /// <summary>Checks an event and fills it in.</summary>
    /// <param name="asked">The event.</param>
    /// <param name="now">The time that a run without a name is named after.</param>
    /// <exception cref="TrainingInputException">Names every problem at once.</exception>
    public static TrainingPlan From(CoordinatorEvent asked, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(asked);
        Problems problems = new();
        string run = asked.Run ?? "run-" + now.UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        problems.Check(IsRunName(run), $"run is \"{run}\", expected 1 to 100 letters, digits, '-', '_' or '.', not starting with '.'");
        problems.OneOf("role", asked.Role ?? "coordinator", "coordinator");
        problems.Check(!string.IsNullOrWhiteSpace(asked.Output), "output is missing; expected a location such as s3://bucket/runs");
        problems.Check(asked.WorkerFunction is null || asked.WorkerFunction.Length is > 0 and <= 256,
            "workerFunction is empty or longer than 256 characters, expected a function's name");
        TrainingPlan plan = new()
        {
            Run = run,
            Output = asked.Output ?? "",
            Workers = problems.InRange("workers", asked.Workers ?? TrainingDefaults.Workers, 0, WorkersMax),
            Exchange = problems.OneOf("exchange", asked.Exchange ?? "await", "await", "poll") == "poll" ? ExchangeKind.Poll : ExchangeKind.Await,
            CheckpointEvery = problems.InRange("checkpointEvery", asked.CheckpointEvery ?? TrainingDefaults.CheckpointEvery, 0, EpochsMax),
            MaxAttempts = problems.InRange("maxAttempts", asked.MaxAttempts ?? TrainingDefaults.MaxAttempts, 1, AttemptsMax),
            WorkerFunction = asked.WorkerFunction,
            Settings = CheckSettings(asked, problems),
        };
        problems.ThrowIfAny();
        return plan;
    }

    /// <summary>What goes on: a run by its own records.</summary>
    /// <param name="run">Name of the run.</param>
    /// <param name="output">Location below which the run's folder is.</param>
    /// <param name="config">Its records.</param>
    public static TrainingPlan Of(string run, string output, RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        ExecutionSettings execution = config.Execution;
        return new TrainingPlan
        {
            Run = run,
            Output = output,
            Workers = execution.Workers,
            Exchange = execution.Exchange == "poll" ? ExchangeKind.Poll : ExchangeKind.Await,
            CheckpointEvery = execution.CheckpointEvery,
            MaxAttempts = execution.MaxAttempts,
            WorkerFunction = execution.WorkerFunction,
            Settings = config.ToPlain(),
        };
    }

    /// <summary>The run's records, of which <see cref="Of"/> makes this plan again.</summary>
    /// <param name="invocation">Who begins the run.</param>
    /// <param name="manifest">SHA-256 of the data set's manifest.</param>
    public RunConfig ToConfig(string invocation, string manifest)
    {
        ExecutionSettings execution = new()
        {
            Workers = Workers,
            Exchange = Exchange == ExchangeKind.Poll ? "poll" : "await",
            CheckpointEvery = CheckpointEvery,
            MaxAttempts = MaxAttempts,
            WorkerFunction = WorkerFunction,
        };
        return new RunConfig(Settings, execution, invocation, manifest);
    }

    /// <summary>Checks an event that wants to go on with a run: it has the run's name and the output, and nothing beside them.</summary>
    /// <exception cref="TrainingInputException">Names every problem at once.</exception>
    public static void CheckResume(CoordinatorEvent asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        Problems problems = new();
        problems.OneOf("role", asked.Role ?? "coordinator", "coordinator");
        problems.Check(asked.Run is not null && IsRunName(asked.Run), $"run is {(asked.Run is null ? "missing" : $"\"{asked.Run}\"")}, expected the name of the run to resume");
        problems.Check(!string.IsNullOrWhiteSpace(asked.Output), "output is missing; expected the location of the run's folder");
        problems.Check(
            asked with { Role = null, Run = null, Output = null, Resume = null } == new CoordinatorEvent(),
            "resume takes everything but run and output from the run's own records; leave the other fields out");
        problems.ThrowIfAny();
    }

    /// <summary>True for names that are safe as one part of a key.</summary>
    public static bool IsRunName(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Length is > 0 and <= 100 && run[0] != '.' && run.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }

    private static TrainingSettings CheckSettings(CoordinatorEvent asked, Problems problems)
    {
        bool paper = asked.Preset == PaperPreset.Name;
        if (asked.Preset is not null) problems.OneOf("preset", asked.Preset, PaperPreset.Name);
        problems.Check(!string.IsNullOrWhiteSpace(asked.Dataset), "dataset is missing; expected a location such as s3://bucket/datasets/ml-1m");
        string algorithm = problems.OneOf(
            "algorithm", asked.Algorithm ?? AlgorithmName.BatchGradient, AlgorithmName.BatchGradient, AlgorithmName.Als, AlgorithmName.Bayesian);
        problems.Check(!paper || algorithm == AlgorithmName.BatchGradient, $"preset is \"{PaperPreset.Name}\", which is of {AlgorithmName.BatchGradient}, not {algorithm}");
        string optimizer = problems.OneOf(
            "optimizer", asked.Optimizer ?? (paper ? PaperPreset.Optimizer : OptimizerName.Nesterov),
            OptimizerName.Momentum, OptimizerName.Nesterov, OptimizerName.Adam);
        double rate = paper ? PaperPreset.LearningRate
            : optimizer == OptimizerName.Adam ? TrainingDefaults.AdamLearningRate : TrainingDefaults.LearningRate;
        double? regularization = asked.Regularization ?? (paper ? PaperPreset.Regularization : null);
        if (regularization is { } given) problems.InRange("regularization", given, 0, 1000);
        int epochs = problems.InRange("epochs", asked.Epochs ?? TrainingDefaults.Epochs(algorithm), 1, EpochsMax);
        int batches = problems.InRange("batchesPerEpoch", asked.BatchesPerEpoch ?? 1, 1, BatchesMax);
        double momentum = asked.Momentum ?? (paper ? PaperPreset.Momentum : TrainingDefaults.Momentum(batches));
        problems.Check(momentum is >= 0 and < 1, $"momentum is {momentum}, expected a number in [0, 1)");
        double learningRate = asked.LearningRate ?? rate;
        problems.Check(learningRate is > 0 and <= 1000, $"learningRate is {learningRate}, expected a number above 0 and at most 1000");
        return new TrainingSettings
        {
            Dataset = asked.Dataset ?? "",
            Algorithm = algorithm,
            Optimizer = optimizer,
            Epochs = epochs,
            Factors = problems.InRange("factors", asked.Factors ?? (paper ? PaperPreset.Factors : TrainingDefaults.Factors), 1, ModelShape.FactorsMax),
            LearningRate = (float)learningRate,
            LearningRateSchedule = problems.OneOf("learningRateSchedule", asked.LearningRateSchedule ?? "constant", "constant", "cosine"),
            WarmupEpochs = problems.InRange("warmupEpochs", asked.WarmupEpochs ?? 0, 0, epochs),
            Momentum = (float)momentum,
            Regularization = (float?)regularization,
            BatchesPerEpoch = batches,
            BurnIn = problems.InRange("burnIn", asked.BurnIn ?? TrainingDefaults.BurnIn(epochs), 0, epochs),
            Seed = asked.Seed ?? TrainingDefaults.Seed,
            Preset = asked.Preset,
            Patience = problems.InRange("patience", asked.Patience ?? 0, 0, EpochsMax),
            InitialModel = asked.InitialModel,
            Compression = problems.OneOf("compression", asked.Compression ?? CompressionName.None, CompressionName.None, CompressionName.Float16),
        };
    }
}
