using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary><c>aotrec sweep</c> on a small grid.</summary>
public sealed class SweepTests(PlantedDataset data)
{
    [Fact]
    public async Task Sweep_Grid_MeasuresEveryConfigurationOnceAndTheSameModels()
    {
        using TemporaryFolder folder = new();
        string[] arguments =
        [
            "sweep", "--dataset", data.Path, "--workers", "0,2", "--memory", "512,1024", "--algorithm", "als,paper", "--epochs", "3",
            "--cpu-scale", "1", "--output", folder["sweep"],
        ];
        ProgramRun first = (await ProgramRun.OfAsync(Checkout.Aotrec, arguments)).ShouldSucceed();
        Assert.Equal(8, first.ErrorLines.Length);
        using JsonDocument report = JsonDocument.Parse(
            await File.ReadAllTextAsync(folder["sweep/sweep.json"], TestContext.Current.CancellationToken));
        JsonElement[] rows = [.. report.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(8, rows.Length);
        Assert.Equal(2, rows.Select(row => row.GetProperty("parametersSha256").GetString()).Distinct().Count());
        foreach (JsonElement row in rows)
        {
            bool isAlone = row.GetProperty("workers").GetInt32() == 0;
            Assert.Equal(isAlone ? 1 : 3, row.GetProperty("coldStarts").GetInt32());
            Assert.True(row.GetProperty("coordinatorMegabytes").GetInt32() > 5, row.GetRawText());
            Assert.Equal(isAlone, row.GetProperty("workerMegabytes").GetInt32() == 0);
            Assert.True(row.GetProperty("gbSeconds").GetDouble() > 0);
            Assert.Equal(3, row.GetProperty("epochMilliseconds").GetArrayLength());
        }

        Assert.Equal(9, (await File.ReadAllLinesAsync(folder["sweep/sweep.csv"], TestContext.Current.CancellationToken)).Length);

        // A sweep that goes on measures nothing again.
        string page = await File.ReadAllTextAsync(folder["sweep/rows.jsonl"], TestContext.Current.CancellationToken);
        ProgramRun second = (await ProgramRun.OfAsync(Checkout.Aotrec, arguments)).ShouldSucceed();
        Assert.All(second.ErrorLines, line => Assert.EndsWith("measured before", line, StringComparison.Ordinal));
        Assert.Equal(page, await File.ReadAllTextAsync(folder["sweep/rows.jsonl"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--workers 1,x", "--workers has 'x'")]
    [InlineData("--memory 64", "memory size 64 MB, expected 128 to 10240")]
    [InlineData("--cpu-scale 0", "CPU scale 0, expected above 0")]
    public async Task Sweep_WrongGrid_IsOneLineAndExitCode2(string options, string expected)
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["sweep", "--dataset", data.Path, "--output", folder["sweep"], .. options.Split(' ')];
        ProgramRun run = await ProgramRun.OfAsync(Checkout.Aotrec, arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.ErrorLines[^1], StringComparison.Ordinal);
    }
}
