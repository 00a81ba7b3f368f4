using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>Settings that decide the bits of a model; few enough that each one's fault-free model is trained once.</summary>
internal static class ModelCase
{
    private static readonly CoordinatorEvent[] Settings =
    [
        new() { Epochs = 3 },
        new() { Epochs = 5 },
        new() { Epochs = 4, Optimizer = "momentum", BatchesPerEpoch = 2 },
        new() { Epochs = 6, Optimizer = "adam", LearningRateSchedule = "cosine", WarmupEpochs = 2 },
        new() { Epochs = 10, Optimizer = "adam", LearningRate = 0.4, Patience = 2 },
        new() { Epochs = 10, Optimizer = "adam", LearningRate = 0.3, Patience = 1, BatchesPerEpoch = 2 },
        new() { Epochs = 4, Preset = "paper" },
        new() { Epochs = 4, Algorithm = "als" },
        new() { Epochs = 10, Algorithm = "als", Patience = 2, Regularization = 0.001 },
        new() { Epochs = 6, Algorithm = "bayesian", BurnIn = 2 },
    ];

    public static int Count => Settings.Length * TinyData.Locations.Length;

    /// <summary>The event of a case, without anything that does not decide bits.</summary>
    public static CoordinatorEvent Event(int number) => Settings[number / TinyData.Locations.Length] with
    {
        Role = "coordinator",
        Run = "run",
        Output = "mem://runs",
        Dataset = TinyData.Locations[number % TinyData.Locations.Length],
        Factors = 2,
    };
}
