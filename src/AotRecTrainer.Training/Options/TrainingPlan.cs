using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AotRecTrainer.Model.Optimizers;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Options;

/// <summary>What will run: a checked <see cref="CoordinatorEvent"/> with every value filled in.</summary>
public sealed record TrainingPlan
{
    private const int WorkersMax = 1000;
    private const int EpochsMax = 100_000;

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Location below which the run's folder is made.</summary>
    public required string Output { get; init; }

    /// <summary>Number of workers; 0 trains in the coordinator's process.</summary>
    public required int Workers { get; init; }

    /// <summary>How statistics come back.</summary>
    public required ExchangeKind Exchange { get; init; }

    /// <summary>Epochs between checkpoints; 0 writes none.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>Function that workers are invoked as; null is the coordinator's own.</summary>
    public required string? WorkerFunction { get; init; }

    /// <summary>What decides the bits of the model.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Settings of the optimizer.</summary>
    public MomentumOptions Momentum => new(
        Settings.LearningRate, Settings.Momentum, Settings.Regularization,
        Settings.Preset == "paper" ? GradientScale.MeanOverAllRatings : GradientScale.SquareRootOfCount);

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
        bool paper = asked.Preset == "paper";
        problems.OneOf("role", asked.Role ?? "coordinator", "coordinator");
        if (asked.Preset is not null) problems.OneOf("preset", asked.Preset, "paper");
        string run = asked.Run ?? "run-" + now.UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        problems.Check(IsRunName(run), $"run is \"{run}\", expected 1 to 100 letters, digits, '-', '_' or '.', not starting with '.'");
        problems.Check(!string.IsNullOrWhiteSpace(asked.Dataset), "dataset is missing; expected a location such as s3://bucket/datasets/ml-1m");
        problems.Check(!string.IsNullOrWhiteSpace(asked.Output), "output is missing; expected a location such as s3://bucket/runs");
        int workers = problems.InRange("workers", asked.Workers ?? TrainingDefaults.Workers, 0, WorkersMax);
        int epochs = problems.InRange("epochs", asked.Epochs ?? TrainingDefaults.Epochs, 1, EpochsMax);
        int factors = problems.InRange("factors", asked.Factors ?? (paper ? 3 : TrainingDefaults.Factors), 1, ModelShape.FactorsMax);
        int checkpointEvery = problems.InRange("checkpointEvery", asked.CheckpointEvery ?? TrainingDefaults.CheckpointEvery, 0, EpochsMax);
        int patience = problems.InRange("patience", asked.Patience ?? 0, 0, EpochsMax);
        string algorithm = problems.OneOf("algorithm", asked.Algorithm ?? "batch-gradient", "batch-gradient");
        string optimizer = problems.OneOf("optimizer", asked.Optimizer ?? "momentum", "momentum");
        string exchange = problems.OneOf("exchange", asked.Exchange ?? "await", "await", "poll");
        double learningRate = asked.LearningRate ?? (paper ? 0.01 : TrainingDefaults.LearningRate);
        problems.Check(learningRate is > 0 and <= 1000, $"learningRate is {learningRate}, expected a number above 0 and at most 1000");
        double momentum = asked.Momentum ?? TrainingDefaults.Momentum;
        problems.Check(momentum is >= 0 and < 1, $"momentum is {momentum}, expected a number in [0, 1)");
        double regularization = asked.Regularization ?? (paper ? 0 : TrainingDefaults.Regularization);
        problems.Check(regularization is >= 0 and <= 1000, $"regularization is {regularization}, expected a number in [0, 1000]");
        problems.Check(asked.WorkerFunction is null || asked.WorkerFunction.Length is > 0 and <= 256,
            "workerFunction is empty or longer than 256 characters, expected a function's name");
        problems.ThrowIfAny();

        return new TrainingPlan
        {
            Run = run,
            Output = asked.Output!,
            Workers = workers,
            Exchange = exchange == "poll" ? ExchangeKind.Poll : ExchangeKind.Await,
            CheckpointEvery = checkpointEvery,
            WorkerFunction = asked.WorkerFunction,
            Settings = new TrainingSettings(
                asked.Dataset!, algorithm, optimizer, epochs, factors, (float)learningRate, (float)momentum,
                (float)regularization, asked.Seed ?? TrainingDefaults.Seed, asked.Preset, patience),
        };
    }

    /// <summary>True for names that are safe as one part of a key.</summary>
    public static bool IsRunName(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Length is > 0 and <= 100 && run[0] != '.' && run.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }

    private sealed class Problems
    {
        private readonly List<string> _found = [];

        public void Check(bool holds, string problem)
        {
            if (!holds) _found.Add(problem);
        }

        public int InRange(string name, int value, int least, int most)
        {
            Check(value >= least && value <= most, $"{name} is {value}, expected {least}..{most}");
            return value;
        }

        public string OneOf(string name, string value, params string[] allowed)
        {
            Check(allowed.Contains(value, StringComparer.Ordinal), $"{name} is \"{value}\", expected {string.Join(" or ", allowed)}");
            return value;
        }

        public void ThrowIfAny()
        {
            if (_found.Count > 0) throw new TrainingInputException(string.Join("; ", _found));
        }
    }
}
