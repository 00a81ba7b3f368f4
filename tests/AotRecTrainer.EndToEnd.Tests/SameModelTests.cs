using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>The promise of the same model, bit for bit, whoever computes it.</summary>
public sealed class SameModelTests(PlantedDataset data)
{
    private const string Settings = "--epochs 6 --factors 5 ";

    [Fact]
    public async Task Train_AnyNumberOfWorkersAndEitherExchange_GivesTheSameParameters()
    {
        using TemporaryFolder runs = new();
        Training alone = await Training.RunAsync(data.Path, runs.Path, Settings + "--workers 0");
        foreach (string exchange in (string[])["await", "poll"])
        {
            foreach (int workers in (int[])[1, 3, 5])
            {
                Training shared = await Training.RunAsync(data.Path, runs.Path, $"{Settings}--workers {workers} --exchange {exchange}");
                Assert.Equal(alone.Sha256, shared.Sha256);
                Assert.Equal(workers, shared.Result.GetProperty("workers").GetInt32());
                Assert.Equal(alone.TestRmse, shared.TestRmse);
            }
        }
    }

    [Fact]
    public async Task Train_AnotherSeed_GivesOtherParameters()
    {
        using TemporaryFolder runs = new();
        Training first = await Training.RunAsync(data.Path, runs.Path, Settings + "--workers 0 --seed 42");
        Training second = await Training.RunAsync(data.Path, runs.Path, Settings + "--workers 0 --seed 43");
        Assert.NotEqual(first.Sha256, second.Sha256);
    }

    [Fact]
    public async Task Train_ThreeWorkers_AreThreeProcesses()
    {
        using TemporaryFolder runs = new();
        Training training = await Training.RunAsync(data.Path, runs.Path, Settings + "--run three --workers 3");
        string[] log = await File.ReadAllLinesAsync(runs["three.log"], TestContext.Current.CancellationToken);
        int[] workers = FunctionLog.WorkerPids(log);
        Assert.InRange(workers.Length, 3, training.Result.GetProperty("coldStarts").GetInt32());
        Assert.Contains($"log       {runs["three.log"]}", training.Program.Output, StringComparison.Ordinal);
    }
}
