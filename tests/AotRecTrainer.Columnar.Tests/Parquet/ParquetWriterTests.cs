using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class ParquetWriterTests
{
    [Fact]
    public void Dispose_WithoutClose_LeavesNothingThatOpens()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(1), [ArrowType.Int32], 10);
        MemoryStream file = new();
        using (ParquetWriter writer = new(file, batch.Schema))
            writer.Write(batch);
        Assert.True(file.CanWrite);
        Assert.Throws<ParquetFormatException>(() => new ParquetReader(file));
    }

    [Fact]
    public void Write_AfterCloseOrOtherColumns_Throws()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(1), [ArrowType.Int32], 10);
        using RecordBatch other = RandomColumns.Batch(new Random(1), [ArrowType.Int64], 10);
        using ParquetWriter writer = new(new MemoryStream(), batch.Schema);
        Assert.Throws<ArgumentException>(() => writer.Write(other));
        writer.Close();
        writer.Close();
        Assert.Throws<InvalidOperationException>(() => writer.Write(batch));
    }

    [Fact]
    public void Writer_WhatItCannotWrite_IsRefusedAtOnce()
    {
        Field list = new("factors", ArrowType.FixedSizeList(ArrowType.Float, 3));
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ParquetWriter(new MemoryStream(), new Schema([list])));
        Assert.Contains("Column factors has type FixedSizeList(Float, 3)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ParquetWriter(new MemoryStream(), new Schema([])));
        Schema schema = new([new Field("n", ArrowType.Int32)]);
        foreach (ParquetWriterOptions options in (ParquetWriterOptions[])
            [new() { PageRows = 0 }, new() { RowGroupRows = 0 }, new() { Compression = (Compression)99 }])
        {
            Assert.ThrowsAny<ArgumentException>(() => new ParquetWriter(new MemoryStream(), schema, options));
        }
    }

    // Long enough for the look at how a column begins; runs of every length around eight for the packing of indices.
    [Theory, InlineData(71), InlineData(72)]
    public void Write_LongColumnsOneFileAfterTheOther_ReadBack(int seed)
    {
        Random random = new(seed);
        for (int file = 0; file < 3; file++)
        {
            int rows = random.Next(40_000, 60_000);
            int[] runs = new int[rows];
            for (int row = 0; row < rows;)
            {
                int end = Math.Min(rows, row + random.Next(1, 20));
                runs.AsSpan(row, end - row).Fill(random.Next(5));
                row = end;
            }

            long[] distinct = [.. Enumerable.Range(0, rows).Select(row => row * 7_919L)];
            long[] few = [.. distinct.Select(_ => random.NextInt64(300) << 40)];
            long[] fewLater = [.. distinct.Select((value, row) => row < rows / 4 ? value : 5)];
            Field[] fields =
                [new("runs", ArrowType.Int32), new("distinct", ArrowType.Int64), new("few", ArrowType.Int64), new("fewLater", ArrowType.Int64)];
            using RecordBatch batch = new(
                new Schema(fields),
                [
                    Column.FromValues<int>(fields[0], runs), Column.FromValues<long>(fields[1], distinct),
                    Column.FromValues<long>(fields[2], few), Column.FromValues<long>(fields[3], fewLater),
                ]);
            using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(new ParquetWriterOptions(), batch)));
            List<RecordBatch> read = [.. reader.ReadBatches()];
            Assert.Equal(runs, read.SelectMany(part => part["runs"].Values<int>().ToArray()));
            Assert.Equal(distinct, read.SelectMany(part => part["distinct"].Values<long>().ToArray()));
            Assert.Equal(few, read.SelectMany(part => part["few"].Values<long>().ToArray()));
            Assert.Equal(fewLater, read.SelectMany(part => part["fewLater"].Values<long>().ToArray()));
            Tables.DisposeAll(read);
        }
    }
}
