using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>Batches to bytes, back, and held against each other.</summary>
internal static class Tables
{
    public static byte[] ToParquet(ParquetWriterOptions? options, params IReadOnlyList<RecordBatch> batches)
    {
        using MemoryStream file = new();
        using ParquetWriter writer = new(file, batches[0].Schema, options);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
        return file.ToArray();
    }

    public static byte[] ToStream(params IReadOnlyList<RecordBatch> batches)
    {
        using MemoryStream stream = new();
        using ArrowStreamWriter writer = new(stream, batches[0].Schema);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
        return stream.ToArray();
    }

    /// <summary>Reads all batches of an IPC stream and disposes them.</summary>
    public static int ReadStream(Stream stream, Action<RecordBatch>? look = null)
    {
        using ArrowStreamReader reader = new(stream);
        int count = 0;
        while (reader.ReadNext() is { } batch)
        {
            using (batch)
                look?.Invoke(batch);
            count++;
        }

        return count;
    }

    /// <summary>Reads all batches of a Parquet file and disposes them.</summary>
    public static void ReadParquet(byte[] file, ParquetReaderOptions? options = null)
    {
        using ParquetReader reader = new(new MemoryStream(file), options: options);
        DisposeAll(reader.ReadBatches());
    }

    /// <summary>The values must be the same row by row, however they are divided into batches.</summary>
    public static void AssertSame(IReadOnlyList<RecordBatch> expected, IReadOnlyList<RecordBatch> actual, string hint)
    {
        Schema schema = expected[0].Schema;
        Assert.All(actual, batch => Assert.Equal(schema.Fields, batch.Schema.Fields));
        for (int c = 0; c < schema.Fields.Count; c++)
        {
            string? difference = ColumnCells.FirstDifference(ColumnCells.Of(expected, c), ColumnCells.Of(actual, c));
            Assert.True(difference is null, $"{hint}, column {schema.Fields[c]}: {difference}");
            Assert.All(actual, batch => AssertNullsAgree(batch.Columns[c]));
        }
    }

    public static void DisposeAll(IEnumerable<RecordBatch> batches)
    {
        foreach (RecordBatch batch in batches)
            batch.Dispose();
    }

    // The count, the bitmap and the question for one row are three ways to the same answer.
    private static void AssertNullsAgree(Column column)
    {
        int nulls = Enumerable.Range(0, column.Length).Count(column.IsNull);
        Assert.Equal(nulls, column.NullCount);
        Assert.Equal(nulls == 0, column.Validity.IsEmpty);
    }
}
