using System.Text;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Gathering;

/// <summary>However little memory there is and however many threads, the table is the same.</summary>
public sealed class SpillTests
{
    private static readonly RatingRow[] s_rows = WithDuplicates(RatingRows.Random(seed: 91, users: 500, items: 300, count: 60_000));
    private static readonly RatingRow[] s_sorted = RatingRows.Of(RatingText.Table(s_rows));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(100, 3)]
    [InlineData(10_000, 2)]
    [InlineData(70_000, 2)]
    [InlineData(1_000_000, 5)]
    public void Read_AnyMemoryAndThreads_GivesTheSameTable(int rowsInMemory, int threads)
    {
        using var folder = new TemporaryFolder();
        using RatingTable table = Read(s_rows, new() { RowsInMemory = rowsInMemory, Threads = threads, TemporaryFolder = folder.Path });
        Assert.Equal(s_sorted, RatingRows.Of(table));
        Assert.Equal(s_rows.Length - s_sorted.Length, table.Duplicates);
    }

    [Fact]
    public async Task Write_FromDisk_GivesTheSameBytes()
    {
        using var memory = new MemoryObjectStore();
        using var disk = new MemoryObjectStore();
        await new DatasetWriter(memory, Datasets.Options).WriteAsync(RatingText.Table(s_rows));
        using RatingTable table = Read(s_rows, new() { RowsInMemory = 1000 });
        await new DatasetWriter(disk, Datasets.Options).WriteAsync(table);
        Assert.Equal(memory.Keys, disk.Keys);
        Assert.All(memory.Keys, key => Assert.Equal(memory[key], disk[key]));
    }

    [Fact]
    public void Read_Spilled_LeavesNoFileBehindNotEvenInBetween()
    {
        using var folder = new TemporaryFolder();
        using RatingTable table = Read(s_rows, new() { RowsInMemory = 1000, TemporaryFolder = folder.Path });
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Read_SpillFolderMissing_FailsWithItsName()
    {
        var error = Assert.ThrowsAny<IOException>(() => Read(s_rows, new() { RowsInMemory = 1000, TemporaryFolder = "/nonexistent" }));
        Assert.Contains("/nonexistent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Sorting_TellsItsProgress()
    {
        List<double> told = [];
        using RatingTable table = RatingsReader.Read(
            new MemoryStream(Encoding.ASCII.GetBytes(RatingText.Of(RatingsFormat.Csv, s_rows))), "file", new() { RowsInMemory = 5000 },
            new Told(told.Add));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    public void Read_Limit_KeepsTheFirstRatingsOnly(int limit)
    {
        using RatingTable table = Read(s_rows, new() { RatingsMax = limit, Threads = 4 });
        Assert.Equal(RatingRows.Of(RatingText.Table(s_rows[..Math.Min(limit, s_rows.Length)])), RatingRows.Of(table));
    }

    [Fact]
    public void Read_BadLineBehindTheLimit_IsNotLookedAt()
    {
        using RatingTable table = RatingsReader.Read(
            new MemoryStream("1::2::3::4\n\n1::3::3::4\nbad\n"u8.ToArray()), "file", new() { RatingsMax = 1 });
        Assert.Equal([new RatingRow(1, 2, 3, 4)], RatingRows.Of(table));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void Read_BadLinesInManySegments_FirstAndCountDoNotDependOnThreads(int threads)
    {
        string[] lines = RatingText.Of(RatingsFormat.DoubleColon, s_rows.Concat(s_rows).Concat(s_rows)).Split('\n');
        lines[100_000] = "bad";
        lines[100_001] = "";
        lines[150_000] = "worse";
        var error = Assert.Throws<RatingsFormatException>(() => RatingsReader.Read(
            new MemoryStream(Encoding.ASCII.GetBytes(string.Join('\n', lines))), "file", new() { Threads = threads }));
        Assert.Equal((100_001, 3), (error.Line, error.BadLines));
    }

    private static RatingTable Read(RatingRow[] rows, RatingsReaderOptions options) =>
        RatingsReader.Read(new MemoryStream(Encoding.ASCII.GetBytes(RatingText.Of(RatingsFormat.Csv, rows))), "file", options);

    private static RatingRow[] WithDuplicates(RatingRow[] rows) =>
        [.. rows, .. rows.Where((_, index) => index % 50 == 0).Select(row => row with { Rating = 5.5f - row.Rating })];

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
