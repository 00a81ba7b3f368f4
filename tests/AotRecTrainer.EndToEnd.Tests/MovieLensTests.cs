using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>Real ratings: MovieLens' small set, which is not part of this repository.</summary>
public sealed class MovieLensTests
{
    private const string Variable = "MOVIELENS_DIR";
    private const string Name = "ml-latest-small";

    [Fact]
    public async Task Train_MlLatestSmall_ReachesAHeldOutRmseOf0_875()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : Path.GetFullPath(Path.Combine(Checkout.Root, "..", "shared", "data"));
        string input = Path.Combine(folder, Name);
        Assert.SkipUnless(Directory.Exists(input), $"{Name} is neither in {folder} nor in the folder that {Variable} names");
        using TemporaryFolder work = new();
        (await ProgramRun.OfAsync(Checkout.DataPrep, "shard", "--input", input, "--output", work["dataset"])).ShouldSucceed();
        Training training = await Training.RunAsync(work["dataset"], work["runs"], "--workers 3 --epochs 50 --factors 3");
        Assert.InRange(training.TestRmse, 0.80, 0.875);
    }
}
