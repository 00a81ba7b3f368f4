using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Ipc;

public sealed class ArrowFileTests
{
    private static readonly ArrowType[] Types =
        [.. RandomColumns.FlatTypes, .. RandomColumns.Timestamps, ArrowType.FixedSizeList(ArrowType.Double, 4)];

    [Fact]
    public void File_RandomBatches_ComeBackTheSameInAnyOrder()
    {
        for (int seed = 2_000; seed < 2_020; seed++)
        {
            Random random = new(seed);
            RecordBatch[] batches = [.. Enumerable.Range(0, 5).Select(_ => RandomColumns.Batch(random, Types, random.Next(300), 60))];
            using ArrowFileReader reader = new(new MemoryStream(Write(batches)));
            Assert.Equal(batches.Length, reader.BatchCount);
            Assert.Equal(batches[0].Schema.Fields, reader.Schema.Fields);
            int[] order = [.. Enumerable.Range(0, batches.Length)];
            random.Shuffle(order);
            foreach (int index in order)
            {
                using RecordBatch read = reader.ReadBatch(index);
                Tables.AssertSame([batches[index]], [read], $"seed {seed}, batch {index}");
            }

            Tables.DisposeAll(batches);
        }
    }

    [Fact]
    public void File_Dictionaries_AreReadOnceAndHaveToStay()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(1), RandomColumns.Dictionaries, 200, distinct: 20);
        using RecordBatch other = RandomColumns.Batch(new Random(2), RandomColumns.Dictionaries, 200, distinct: 20);
        CountingAllocator allocator = new();
        using (ArrowFileReader reader = new(new MemoryStream(Write(batch, batch)), allocator: allocator))
        {
            using RecordBatch first = reader.ReadBatch(0);
            using RecordBatch second = reader.ReadBatch(1);
            Tables.AssertSame([batch, batch], [first, second], "dictionaries");
        }

        Assert.Equal(0, allocator.LiveBlocks);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Write(batch, other));
        Assert.Contains("in a file it cannot change", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_NoBatches_HasItsSchemaAndNotes()
    {
        Schema schema = new([new Field("n", ArrowType.Int8)], new Dictionary<string, string> { ["k"] = "v" });
        MemoryStream file = new();
        using (ArrowFileWriter writer = new(file, schema))
            writer.Close();
        using ArrowFileReader reader = new(file);
        Assert.Equal(0, reader.BatchCount);
        Assert.Equal("v", reader.Schema.Metadata["k"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadBatch(0));
    }

    [Fact]
    public void Dispose_WithoutClose_LeavesNothingThatOpens()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(3), Types, 10);
        MemoryStream file = new();
        using (ArrowFileWriter writer = new(file, batch.Schema))
            writer.Write(batch);
        Assert.Throws<ArrowFormatException>(() => new ArrowFileReader(file));
    }

    [Fact]
    public void Read_AnyTruncation_Fails()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(4), Types, 10);
        byte[] file = Write(batch);
        Assert.Equal(file.Length, Damage.Count<ArrowFormatException>(Damage.Truncations(file), ReadAll));
    }

    [Theory]
    [InlineData("", "file: 0 bytes, expected an Arrow file")]
    [InlineData("4152524F5731000000000000 00000000 4152524F5730", "file: no ARROW1 at its end")]
    [InlineData("4152524F5731000000000000 00000000 4152524F5731", "file: footer of 0 bytes")]
    [InlineData("4152524F5731000000000000 FFFFFF7F 4152524F5731", "file: footer of 2147483647 bytes, expected at most 6")]
    public void Open_NotAnArrowFile_SaysWhy(string hex, string message)
    {
        byte[] file = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        ArrowFormatException error = Assert.Throws<ArrowFormatException>(() => ReadAll(file));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameBatch_GivesTheSameBytes()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(5), Types, 100);
        Assert.Equal(Write(batch), Write(batch));
    }

    private static byte[] Write(params RecordBatch[] batches)
    {
        using MemoryStream file = new();
        using ArrowFileWriter writer = new(file, batches[0].Schema);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
        return file.ToArray();
    }

    private static void ReadAll(byte[] file)
    {
        using ArrowFileReader reader = new(new MemoryStream(file));
        for (int i = 0; i < reader.BatchCount; i++)
            reader.ReadBatch(i).Dispose();
    }
}
