using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A data set of planted ratings for all tests, made by <c>data-prep shard</c>. Nobody changes it.</summary>
public sealed class PlantedDataset : IAsyncLifetime
{
    public const int Users = 300;
    public const int Items = 120;
    public const int RatingsPerUser = 40;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Directory of the data set.</summary>
    public string Path => _folder["dataset"];

    /// <summary>Directory of the MovieLens-style files that it was made from.</summary>
    public string Source => _folder["source"];

    public async ValueTask InitializeAsync()
    {
        PlantedRatings.Write(Source, Users, Items, RatingsPerUser);
        (await ProgramRun.OfAsync(Checkout.DataPrep, "shard", "--input", Source, "--output", Path)).ShouldSucceed();
    }

    /// <summary>A copy that a test may damage.</summary>
    public string CopyTo(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            string copy = System.IO.Path.Combine(folder, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
