using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset;

/// <summary>Collects and checks the rows of a user or item table.</summary>
internal sealed class EntityTableBuilder(FileEntry file, Schema schema, long trainRatings)
{
    private readonly long[] _ids = new long[file.Rows];
    private readonly int[] _ratings = new int[file.Rows];
    private readonly string?[]? _titles = schema.IndexOf("title") < 0 ? null : new string?[file.Rows];
    private int _rows;
    private long _ratingSum;

    /// <summary>Adds the rows of a batch.</summary>
    public void Add(RecordBatch batch)
    {
        if (batch.Length > _ids.Length - _rows)
        {
            throw new DatasetException($"{file.Key}: more than the {_ids.Length} rows expected");
        }

        string indexName = schema.Fields[0].Name;
        ReadOnlySpan<int> indices = batch[indexName].Values<int>();
        ReadOnlySpan<long> ids = batch["id"].Values<long>();
        ReadOnlySpan<int> ratings = batch["ratings"].Values<int>();
        for (int row = 0; row < batch.Length; row++, _rows++)
        {
            if (indices[row] != _rows || ids[row] < 0 || ratings[row] < 0)
            {
                throw new DatasetException(
                    $"{file.Key}: row {_rows}: {indexName} {indices[row]}, id {ids[row]}, {ratings[row]} ratings, expected {indexName} {_rows} "
                    + "and no negative numbers");
            }

            _ids[_rows] = ids[row];
            _ratings[_rows] = ratings[row];
            _ratingSum += ratings[row];
            if (_titles is not null)
            {
                _titles[_rows] = batch["title"].GetString(row);
            }
        }
    }

    /// <summary>The table, once all batches were added.</summary>
    public EntityTable Build()
    {
        if (_rows != _ids.Length)
        {
            throw new DatasetException($"{file.Key}: {_rows} rows, expected {_ids.Length}");
        }

        return _ratingSum == trainRatings
            ? new EntityTable(_ids, _ratings, _titles)
            : throw new DatasetException($"{file.Key}: {_ratingSum} train ratings, expected {trainRatings}");
    }
}
