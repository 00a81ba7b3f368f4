using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>One of a model's two tables.</summary>
/// <param name="Columns">Names of the columns, in order.</param>
/// <param name="Ids">Original ids, by index.</param>
/// <param name="Biases">Biases, by index.</param>
/// <param name="Factors">Factor vectors, by index.</param>
internal sealed record FactorTable(string[] Columns, long[] Ids, float[] Biases, float[][] Factors)
{
    public static FactorTable Read(string path)
    {
        using ParquetReader reader = new(File.OpenRead(path));
        string[] columns = [.. reader.Schema.Fields.Select(field => field.Name)];
        string[] factors = [.. columns.Where(name => name.StartsWith("factor_", StringComparison.Ordinal))];
        List<long> ids = [];
        List<float> biases = [];
        List<float[]> rows = [];
        foreach (RecordBatch batch in reader.ReadBatches(["id", "bias", .. factors]))
        {
            using (batch)
            {
                ids.AddRange(batch.Columns[0].Values<long>());
                biases.AddRange(batch.Columns[1].Values<float>());
                for (int row = 0; row < batch.Length; row++)
                    rows.Add([.. Enumerable.Range(2, factors.Length).Select(column => batch.Columns[column].Values<float>()[row])]);
            }
        }

        return new FactorTable(columns, [.. ids], [.. biases], [.. rows]);
    }
}
