using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>
/// Rows of ratings to Parquet files, one row group after the other, so that no more than one is in memory uncompressed, and one file
/// after the other in the same memory.
/// </summary>
/// <param name="isTest">Whether the files are those of test ratings, or of train ratings.</param>
/// <param name="withTimestamps">Whether rows have a timestamp.</param>
internal sealed class RatingFileWriter(bool isTest, bool withTimestamps) : IDisposable
{
    private const int RowGroupRows = 1 << 20;

    // About what a row comes to with Snappy; a better guess only saves copies.
    private const int BytesPerRow = 9;
    private readonly Schema _schema = DatasetSchemas.Ratings(withTimestamps);
    private readonly MemoryStream _bytes = new();
    private UserColumns _columns = new(0, withTimestamps);
    private int[] _users = [];
    private ParquetWriter? _writer;
    private long _rows;
    private int _buffered;
    private int _capacity;

    /// <summary>Begins a file; the last one is not valid any more.</summary>
    /// <param name="rows">How many rows will come.</param>
    public void Begin(long rows)
    {
        _bytes.SetLength(0);
        _bytes.Capacity = (int)Math.Max(_bytes.Capacity, Math.Min(1 << 29, rows * BytesPerRow));
        _writer?.Dispose();
        _writer = new ParquetWriter(_bytes, _schema);
        _rows = 0;
        _capacity = (int)Math.Min(rows, RowGroupRows);
        if (_users.Length < _capacity)
        {
            _users = GC.AllocateUninitializedArray<int>(_capacity);
            _columns = new UserColumns(_capacity, withTimestamps);
        }
    }

    /// <summary>Adds those of a user's rows that belong to the file.</summary>
    /// <param name="user">The user's index.</param>
    /// <param name="ratings">The user's ratings.</param>
    /// <param name="marks">For every rating, whether it is test.</param>
    public void Add(int user, UserRatings ratings, ReadOnlySpan<bool> marks)
    {
        for (int done = 0; done < marks.Length && _capacity > 0;)
        {
            if (_buffered == _capacity)
            {
                Flush();
            }

            int count = Math.Min(marks.Length - done, _capacity - _buffered);
            Append(user, ratings[done..(done + count)], marks.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Ends the file, which is valid until the next one begins.</summary>
    public EncodedFile Close()
    {
        Flush();
        _writer!.Close();
        return new EncodedFile(_bytes.GetBuffer().AsMemory(0, (int)_bytes.Length), _rows);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _bytes.Dispose();
    }

    // Every row is written, and the next one over it when it does not belong here: chance cannot be predicted, so a branch costs more.
    private void Append(int user, UserRatings ratings, ReadOnlySpan<bool> marks)
    {
        int start = _buffered, next = start;
        int[] items = _columns.Items;
        float[] values = _columns.Ratings;
        long[] timestamps = _columns.Timestamps;
        ReadOnlySpan<int> itemsIn = ratings.Items;
        ReadOnlySpan<float> valuesIn = ratings.Ratings;
        ReadOnlySpan<long> timestampsIn = ratings.Timestamps;
        bool wanted = isTest;
        for (int row = 0; row < marks.Length; row++)
        {
            items[next] = itemsIn[row];
            values[next] = valuesIn[row];
            if (timestampsIn.Length > 0)
            {
                timestamps[next] = timestampsIn[row];
            }

            next += marks[row] == wanted ? 1 : 0;
        }

        _users.AsSpan(start, next - start).Fill(user);
        _buffered = next;
    }

    private void Flush()
    {
        if (_buffered == 0)
        {
            return;
        }

        UserRatings rows = _columns[.._buffered];
        List<Column> columns =
        [
            Column.FromValues<int>(DatasetSchemas.User, _users.AsSpan(0, _buffered)),
            Column.FromValues(DatasetSchemas.Item, rows.Items),
            Column.FromValues(DatasetSchemas.Rating, rows.Ratings),
        ];
        if (withTimestamps)
        {
            columns.Add(Column.FromValues(DatasetSchemas.Timestamp, rows.Timestamps));
        }

        using var batch = new RecordBatch(_schema, columns);
        _writer!.Write(batch);
        _rows += _buffered;
        _buffered = 0;
    }
}
