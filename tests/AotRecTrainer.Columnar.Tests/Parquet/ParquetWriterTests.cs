using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
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
}
