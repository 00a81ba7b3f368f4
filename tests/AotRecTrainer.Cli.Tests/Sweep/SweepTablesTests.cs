using AotRecTrainer.Cli.Sweep;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Sweep;

public sealed class SweepTablesTests
{
    private static readonly SweepRow Row = new()
    {
        Key = "k",
        Data = "1m",
        Algorithm = "paper",
        Workers = 3,
        Memory = 1769,
        Epochs = 3,
        Pass = 1,
        CpuScale = 0.5,
        Seconds = 1.25,
        EpochMilliseconds = [30, 10, 20],
        WorkerMegabytes = 40,
        CoordinatorMegabytes = 50,
        ColdStarts = 4,
        GbSeconds = 2.5,
        Requests = 77,
        CostUsd = 0.0012345,
        TestRmse = 0.98765,
    };

    [Fact]
    public void Markdown_RowOfThePaper_HasItsFiguresBesideOurs() => Assert.Equal(
        "| 1m | paper | 3 | 1769 | 1 | 1.25 | 20.0 | 40 | 50 | 4 | 2.50 | 77 | 0.001234 | 0.9877 | 35.2 |",
        SweepTables.Markdown([Row], PaperSweep.PaperSeconds).Last());

    [Fact]
    public void Markdown_EveryRow_HasAsManyCellsAsTheHead()
    {
        string[] lines = [.. SweepTables.Markdown([Row, Row with { Failure = "out of memory" }])];
        Assert.Single(lines.Select(line => line.Count(c => c == '|')).Distinct());
        Assert.Contains("out of memory", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_FailureWithCommasAndQuotes_IsOneField()
    {
        string line = SweepTables.Csv([Row with { Failure = "needs 3, has \"2\"" }]).Last();
        Assert.EndsWith(",\"needs 3, has \"\"2\"\"\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1769, 2, 1)]
    [InlineData(5, 1769, 2, 0.38)]
    [InlineData(0, 3538, 1, 0.47)]
    [InlineData(1000, 10240, 1, 0.01)]
    public void Fitting_SharesOfTheLargest_FitTheMachine(int workers, int memory, int processors, double expected) => Assert.Equal(
        expected, SweepScale.Fitting([new SweepCell("d", "file:///d", "als", workers, memory, null, 1)], processors));
}
