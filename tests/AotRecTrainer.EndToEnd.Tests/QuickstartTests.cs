using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary><c>scripts/quickstart.sh</c> on a checkout whose programs are built.</summary>
public sealed class QuickstartTests(PlantedDataset data)
{
    private static string Script => Path.Combine(Checkout.Root, "scripts", "quickstart.sh");

    [Fact]
    public async Task Quickstart_OwnRatings_TrainsWithTheOptionsThatPassThrough()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["here it is"]);
        File.Copy(Path.Combine(data.Source, "ratings.csv"), folder["here it is/my ratings.csv"]);
        ProgramRun run = (await RunAsync(
            folder, "--data", "here it is/my ratings.csv", "--output", folder["out"], "--run", "demo", "--workers", "2", "--epochs", "3",
            "--factors", "4", "--seed", "9", "--exchange", "poll", "--json", "result.json")).ShouldSucceed();
        Assert.Contains($"model     {new Uri(folder["out/runs/demo/model"]).AbsoluteUri}", run.Output, StringComparison.Ordinal);
        Assert.Contains("data: here it is/my ratings.csv", run.Error, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(folder["result.json"], TestContext.Current.CancellationToken));
        Training same = await Training.RunAsync(data.Path, folder["runs"], "--workers 0 --epochs 3 --factors 4 --seed 9");
        Assert.Equal(same.Sha256, result.RootElement.GetProperty("parametersSha256").GetString());
        Assert.Equal(2, result.RootElement.GetProperty("workers").GetInt32());
    }

    [Fact]
    public async Task Quickstart_Again_BuildsNothingAndTrainsAnotherRun()
    {
        using TemporaryFolder folder = new();
        string[] options = ["--data=" + data.Source, "--output=" + folder["out"], "--epochs", "1"];
        (await RunAsync(folder, options)).ShouldSucceed();
        DateTime built = File.GetLastWriteTimeUtc(Checkout.Aotrec);
        ProgramRun again = (await RunAsync(folder, options)).ShouldSucceed();
        Assert.DoesNotContain("compiling", again.Error, StringComparison.Ordinal);
        Assert.Equal(built, File.GetLastWriteTimeUtc(Checkout.Aotrec));
        Assert.Equal(2, Directory.GetDirectories(folder["out/runs"]).Length);
    }

    [Theory]
    [InlineData("--data nowhere", "--data nowhere: no such file or folder")]
    [InlineData("--data", "--data needs a value")]
    [InlineData("--data own.csv --output own.csv/below", "--output own.csv/below: ")]
    public async Task Quickstart_WrongPath_IsOneLine(string options, string message)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["own.csv"], "userId,movieId,rating\n1,1,3\n", TestContext.Current.CancellationToken);
        (await RunAsync(folder, options.Split(' '))).ShouldFail(2, message);
        Assert.Equal(["own.csv"], folder.Files);
    }

    [Fact]
    public async Task Scripts_CalledThroughALinkFromAnywhere_RunTheBuiltPrograms()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["aotrec", "data-prep"])
        {
            File.CreateSymbolicLink(folder[name], Path.Combine(Checkout.Root, "scripts", name));
            ProgramRun run = (await ProgramRun.OfAsync(folder[name], ["--help"], variables: null, folder.Path)).ShouldSucceed();
            Assert.Contains($"{name} ", run.Output, StringComparison.Ordinal);
        }
    }

    private static Task<ProgramRun> RunAsync(TemporaryFolder folder, params string[] options) =>
        ProgramRun.OfAsync(Script, options, variables: null, folder.Path);
}
