using System.Globalization;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset;

namespace AotRecTrainer.Training.Serving;

/// <summary>One side of a saved model, as <see cref="Results.ModelExport"/> writes it: a row for each user or item.</summary>
/// <param name="Entities">Ids, titles and training ratings.</param>
/// <param name="Biases">One per row.</param>
/// <param name="Factors">Rows × factors, row after row.</param>
internal sealed record FactorTable(EntityTable Entities, float[] Biases, float[] Factors)
{
    /// <summary>Reads a table.</summary>
    /// <param name="content">The Parquet file.</param>
    /// <param name="key">What to call it in messages.</param>
    /// <param name="rows">Rows expected.</param>
    /// <param name="factors">Length of a factor vector.</param>
    /// <exception cref="TrainingInputException">It is damaged, or not such a table.</exception>
    public static FactorTable Read(byte[] content, string key, int rows, int factors)
    {
        try
        {
            using ParquetReader reader = new(new MemoryStream(content, writable: false));
            if (reader.RowCount != rows) throw new TrainingInputException($"{key}: {reader.RowCount} rows, expected {rows}");
            Rows read = new(reader.Schema, rows, factors);
            foreach (RecordBatch batch in reader.ReadBatches())
            {
                using (batch) read.Add(batch);
            }

            return read.Build();
        }
        catch (Exception problem) when (problem is ParquetFormatException or ArgumentException or InvalidOperationException)
        {
            throw new TrainingInputException($"{key}: {problem.Message}", problem);
        }
    }

    private sealed class Rows(Schema schema, int rows, int factors)
    {
        private readonly bool _textIds = schema.Fields[schema.IndexOf("id")].Type == ArrowType.Utf8;
        private readonly List<string> _texts = [];
        private readonly long[] _integers = new long[rows];
        private readonly string?[]? _titles = schema.IndexOf("title") < 0 ? null : new string?[rows];
        private readonly int[] _ratings = new int[rows];
        private readonly float[] _biases = new float[rows];
        private readonly float[] _factors = new float[checked(rows * factors)];
        private int _count;

        public void Add(RecordBatch batch)
        {
            Column ids = batch["id"];
            for (int row = 0; row < batch.Length; row++)
            {
                if (_textIds) _texts.Add(ids.GetString(row) ?? "");
                if (_titles is not null) _titles[_count + row] = batch["title"].GetString(row);
            }

            if (!_textIds) ids.Values<long>().CopyTo(_integers.AsSpan(_count));
            batch["ratings"].Values<int>().CopyTo(_ratings.AsSpan(_count));
            batch["bias"].Values<float>().CopyTo(_biases.AsSpan(_count));
            for (int factor = 0; factor < factors; factor++)
            {
                ReadOnlySpan<float> column = batch["factor_" + factor.ToString(CultureInfo.InvariantCulture)].Values<float>();
                for (int row = 0; row < column.Length; row++) _factors[((_count + row) * factors) + factor] = column[row];
            }

            _count += batch.Length;
        }

        public FactorTable Build() =>
            new(new EntityTable(_textIds ? new EntityIds(_texts) : new EntityIds(_integers), _ratings, _titles), _biases, _factors);
    }
}
