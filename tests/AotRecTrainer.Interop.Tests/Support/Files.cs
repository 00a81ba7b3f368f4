using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>Our side of the exchange.</summary>
internal static class Files
{
    public static void WriteParquet(string path, ParquetWriterOptions? options, params IReadOnlyList<RecordBatch> batches)
    {
        using FileStream file = File.Create(path);
        using ParquetWriter writer = new(file, batches[0].Schema, options);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
    }

    public static (Schema Schema, IReadOnlyList<RecordBatch> Batches) ReadParquet(string path, int maxRows = 65536)
    {
        using ParquetReader reader = new(File.OpenRead(path));
        return (reader.Schema, [.. reader.ReadBatches(maxRows: maxRows)]);
    }

    public static void WriteStream(string path, params IReadOnlyList<RecordBatch> batches)
    {
        using FileStream file = File.Create(path);
        using ArrowStreamWriter writer = new(file, batches[0].Schema);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
    }

    public static (Schema Schema, IReadOnlyList<RecordBatch> Batches) ReadStream(string path)
    {
        using FileStream file = File.OpenRead(path);
        using ArrowStreamReader reader = new(file);
        List<RecordBatch> batches = [];
        while (reader.ReadNext() is { } batch)
            batches.Add(batch);
        return (reader.Schema, batches);
    }

    public static void WriteArrowFile(string path, params IReadOnlyList<RecordBatch> batches)
    {
        using FileStream file = File.Create(path);
        using ArrowFileWriter writer = new(file, batches[0].Schema);
        foreach (RecordBatch batch in batches)
            writer.Write(batch);
        writer.Close();
    }

    public static (Schema Schema, IReadOnlyList<RecordBatch> Batches) ReadArrowFile(string path)
    {
        using ArrowFileReader reader = new(File.OpenRead(path));
        return (reader.Schema, [.. Enumerable.Range(0, reader.BatchCount).Select(reader.ReadBatch)]);
    }

    public static void DisposeAll(IEnumerable<RecordBatch> batches)
    {
        foreach (RecordBatch batch in batches)
            batch.Dispose();
    }
}
