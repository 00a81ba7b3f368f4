using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>Rows of ratings to a Parquet file, one row group after the other, so that no more than one is in memory uncompressed.</summary>
internal sealed class RatingFileWriter : IDisposable
{
    private const int RowGroupRows = 1 << 20;

    // About what a row comes to with Snappy; a better guess only saves copies.
    private const int BytesPerRow = 9;
    private readonly Schema _schema;
    private readonly MemoryStream _bytes;
    private readonly ParquetWriter _writer;
    private readonly int[] _users;
    private readonly int[] _items;
    private readonly float[] _ratings;
    private readonly long[] _timestamps;
    private long _rows;
    private int _buffered;

    /// <summary>Begins a file.</summary>
    /// <param name="rows">How many rows will come.</param>
    /// <param name="withTimestamps">Whether rows have a timestamp.</param>
    public RatingFileWriter(long rows, bool withTimestamps)
    {
        _schema = DatasetSchemas.Ratings(withTimestamps);
        _bytes = new MemoryStream((int)Math.Min(1 << 29, (rows * BytesPerRow) + 4096));
        _writer = new ParquetWriter(_bytes, _schema);
        int capacity = (int)Math.Min(rows, RowGroupRows);
        _users = GC.AllocateUninitializedArray<int>(capacity);
        _items = GC.AllocateUninitializedArray<int>(capacity);
        _ratings = GC.AllocateUninitializedArray<float>(capacity);
        _timestamps = GC.AllocateUninitializedArray<long>(withTimestamps ? capacity : 0);
    }

    /// <summary>Adds a row.</summary>
    public void Add(int user, int item, float rating, long timestamp)
    {
        if (_buffered == _users.Length)
        {
            Flush();
        }

        int row = _buffered++;
        (_users[row], _items[row], _ratings[row]) = (user, item, rating);
        if (_timestamps.Length > 0)
        {
            _timestamps[row] = timestamp;
        }
    }

    /// <summary>Ends the file.</summary>
    public EncodedFile Close()
    {
        Flush();
        _writer.Close();
        return new EncodedFile(_bytes.GetBuffer().AsMemory(0, (int)_bytes.Length), _rows);
    }

    public void Dispose() => _writer.Dispose();

    private void Flush()
    {
        if (_buffered == 0)
        {
            return;
        }

        List<Column> columns =
        [
            Column.FromValues<int>(DatasetSchemas.User, _users.AsSpan(0, _buffered)),
            Column.FromValues<int>(DatasetSchemas.Item, _items.AsSpan(0, _buffered)),
            Column.FromValues<float>(DatasetSchemas.Rating, _ratings.AsSpan(0, _buffered)),
        ];
        if (_timestamps.Length > 0)
        {
            columns.Add(Column.FromValues<long>(DatasetSchemas.Timestamp, _timestamps.AsSpan(0, _buffered)));
        }

        using var batch = new RecordBatch(_schema, columns);
        _writer.Write(batch);
        _rows += _buffered;
        _buffered = 0;
    }
}
