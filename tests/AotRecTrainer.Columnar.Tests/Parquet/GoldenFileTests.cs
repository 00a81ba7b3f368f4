using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Parquet;

/// <summary>Files of other people's writers; data/README.md says what is in them and how they were made.</summary>
public sealed class GoldenFileTests
{
    private const int Rows = 300;

    public static TheoryData<string> Files => [.. GoldenFiles.Names];

    [Theory, MemberData(nameof(Files))]
    public void Read_InBatchesOfAnySize_HasTheKnownValues(string name)
    {
        Assert.SkipWhen(name.Contains("zstd", StringComparison.Ordinal) && Decompression.Problem(Codec.Zstd) is not null, "libzstd is not installed");
        foreach (int maxRows in (int[])[1, 7, 100, 1 << 16])
        {
            CountingAllocator allocator = new();
            using ParquetReader reader = new(
                new MemoryStream(GoldenFiles.Read(name)), options: new ParquetReaderOptions { Allocator = allocator });
            List<RecordBatch> batches = [.. reader.ReadBatches(maxRows: maxRows)];
            for (int c = 0; c < reader.Schema.Fields.Count; c++)
            {
                string column = reader.Schema.Fields[c].Name;
                object?[] expected = [.. Enumerable.Range(0, Rows).Select(i => Value(column, i))];
                string? difference = ColumnCells.FirstDifference(expected, ColumnCells.Of(batches, c));
                Assert.True(difference is null, $"{name}, column {column}, batches of {maxRows}: {difference}");
            }

            Tables.DisposeAll(batches);
            Assert.Equal(0, allocator.LiveBlocks);
        }
    }

    private static object? Value(string column, int i) => column switch
    {
        "n" => (i * 7919 % 1000) - 500,
        "x" => ((i % 11) - 5) / 2f,
        "flag" => i % 5 == 1,
        _ when i % 3 == 2 => null,
        "big" => i * 1_000_000_007L,
        "y" => i / 8.0,
        _ => $"user {i / 4} é",
    };
}
