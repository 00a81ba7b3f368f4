using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A data set with enough work that a worker is busy for some milliseconds in every round. Nobody changes it.</summary>
public sealed class BusyDataset : IAsyncLifetime
{
    /// <summary>Wide factors, so that a round takes time although there are few ratings.</summary>
    public const int Factors = 48;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Directory of the data set.</summary>
    public string Path => _folder["dataset"];

    public async ValueTask InitializeAsync()
    {
        PlantedRatings.Write(_folder["source"], users: 1500, items: 400, perUser: 60);
        (await ProgramRun.OfAsync(Checkout.DataPrep, "shard", "--input", _folder["source"], "--output", Path, "--shards", "6")).ShouldSucceed();
    }

    /// <summary>The parameters of a run that nobody disturbed: one process, no exchange.</summary>
    public async Task<string> ParametersAsync(int epochs)
    {
        using TemporaryFolder runs = new();
        return (await Training.RunAsync(Path, runs.Path, $"--workers 0 --epochs {epochs} --factors {Factors}")).Sha256;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
