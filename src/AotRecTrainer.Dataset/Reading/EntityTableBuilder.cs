using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>Collects and checks the rows of a user or item table.</summary>
internal sealed class EntityTableBuilder
{
    private readonly FileEntry _file;
    private readonly string _indexName;
    private readonly long _trainRatings;
    private readonly long[]? _integers;
    private readonly List<byte> _texts = [];
    private readonly int[] _textEnds;
    private readonly int[] _ratings;
    private readonly string?[]? _titles;
    private int _rows;
    private long _ratingSum;

    /// <summary>Begins a table.</summary>
    /// <param name="file">The file that the rows come from.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="trainRatings">The sum of the numbers of ratings.</param>
    public EntityTableBuilder(FileEntry file, Schema schema, long trainRatings)
    {
        (_file, _trainRatings) = (file, trainRatings);
        _indexName = schema.Fields[0].Name;
        bool text = schema.Fields[1] == DatasetSchemas.TextId;
        _integers = text ? null : new long[file.Rows];
        _textEnds = new int[text ? file.Rows : 0];
        _ratings = new int[file.Rows];
        _titles = schema.IndexOf(DatasetSchemas.Title.Name) < 0 ? null : new string?[file.Rows];
    }

    /// <summary>Adds the rows of a batch.</summary>
    public void Add(RecordBatch batch)
    {
        if (batch.Length > _ratings.Length - _rows)
        {
            throw new DatasetException($"{_file.Key}: more than the {_ratings.Length} rows expected");
        }

        Column ids = batch.Columns[1];
        ReadOnlySpan<int> indices = batch.Columns[0].Values<int>(), ratings = batch[DatasetSchemas.RatingCount.Name].Values<int>();
        for (int row = 0; row < batch.Length; row++, _rows++)
        {
            if (indices[row] != _rows || ratings[row] < 0 || !TryAddId(ids, row))
            {
                throw new DatasetException(
                    $"{_file.Key}: row {_rows}: {_indexName} {indices[row]}, id {IdText(ids, row)}, {ratings[row]} ratings, "
                    + $"expected {_indexName} {_rows}, no negative numbers and no empty text");
            }

            _ratings[_rows] = ratings[row];
            _ratingSum += ratings[row];
            if (_titles is not null)
            {
                _titles[_rows] = batch[DatasetSchemas.Title.Name].GetString(row);
            }
        }
    }

    /// <summary>The table, once all batches were added.</summary>
    public EntityTable Build()
    {
        if (_rows != _ratings.Length)
        {
            throw new DatasetException($"{_file.Key}: {_rows} rows, expected {_ratings.Length}");
        }

        return _ratingSum == _trainRatings
            ? new EntityTable(_integers is null ? new EntityIds([.. _texts], _textEnds) : new EntityIds(_integers), _ratings, _titles)
            : throw new DatasetException($"{_file.Key}: {_ratingSum} train ratings, expected {_trainRatings}");
    }

    private bool TryAddId(Column ids, int row)
    {
        if (_integers is not null)
        {
            _integers[_rows] = ids.Values<long>()[row];
            return _integers[_rows] >= 0;
        }

        ReadOnlySpan<byte> text = ids.GetUtf8(row);
        _texts.AddRange(text);
        _textEnds[_rows] = _texts.Count;
        return !text.IsEmpty;
    }

    private string IdText(Column ids, int row) => _integers is null ? $"'{ids.GetString(row)}'" : $"{ids.Values<long>()[row]}";
}
