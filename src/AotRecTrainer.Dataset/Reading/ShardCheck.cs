using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>Checks the batches of one shard file as they come by.</summary>
internal sealed class ShardCheck(DatasetManifest manifest, ShardEntry shard, FileEntry file)
{
    private readonly int _userEnd = shard.UserFirst + shard.UserCount;
    private long _rows;
    private int _lastUser = -1;
    private int _lastItem = -1;

    /// <summary>What is wrong with the next batch; null when nothing is.</summary>
    public string? FirstProblem(RecordBatch batch)
    {
        ReadOnlySpan<int> users = default, items = default;
        for (int index = 0; index < batch.Columns.Count; index++)
        {
            Column column = batch.Columns[index];
            string? problem = column.NullCount > 0 ? $"{column.NullCount} nulls in column {column.Field.Name}, expected none" : null;
            switch (column.Field.Name)
            {
                case "user":
                    users = column.Values<int>();
                    problem ??= RangeProblem("user", users, shard.UserFirst, _userEnd - 1);
                    break;
                case "item":
                    items = column.Values<int>();
                    problem ??= RangeProblem("item", items, 0, manifest.Items - 1);
                    break;
                case "rating":
                    problem ??= RatingProblem(column.Values<float>());
                    break;
            }

            if (problem is not null)
            {
                return problem;
            }
        }

        string? order = users.Length == items.Length ? OrderProblem(users, items) : null;
        _rows += batch.Length;
        return order;
    }

    /// <summary>To be called after the last batch.</summary>
    public void ThrowUnlessComplete()
    {
        if (_rows != file.Rows)
        {
            throw new DatasetException($"{file.Key}: {_rows} rows, expected {file.Rows}");
        }
    }

    private string? RangeProblem(string name, ReadOnlySpan<int> values, int low, int high)
    {
        int bad = values.IndexOfAnyExceptInRange(low, high);
        return bad < 0 ? null : $"row {_rows + bad}: {name} {values[bad]}, expected {low} .. {high}";
    }

    private string? RatingProblem(ReadOnlySpan<float> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            // Written so that NaN is a problem.
            if (!(values[row] >= manifest.RatingLow && values[row] <= manifest.RatingHigh))
            {
                return $"row {_rows + row}: rating {values[row]}, expected {manifest.RatingLow} .. {manifest.RatingHigh}";
            }
        }

        return null;
    }

    private string? OrderProblem(ReadOnlySpan<int> users, ReadOnlySpan<int> items)
    {
        for (int row = 0; row < users.Length; row++)
        {
            int user = users[row], item = items[row];
            if (user < _lastUser || (user == _lastUser && item <= _lastItem))
            {
                return $"row {_rows + row}: user {user}, item {item} after user {_lastUser}, item {_lastItem}, expected ascending order";
            }

            (_lastUser, _lastItem) = (user, item);
        }

        return null;
    }
}
