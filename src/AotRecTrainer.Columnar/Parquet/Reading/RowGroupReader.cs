using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Reads chosen columns of a row group side by side.</summary>
internal sealed class RowGroupReader : IDisposable
{
    private readonly Schema _schema;
    private readonly ReaderMemory _memory;
    private readonly List<ColumnReader> _columns = [];

    /// <summary>Takes the bytes of the chunks over.</summary>
    public RowGroupReader(RowGroupBytes bytes, Projection projection, ReaderMemory memory, bool checkSums)
    {
        _schema = projection.Schema;
        _memory = memory;
        try
        {
            for (int i = 0; i < projection.Columns.Count; i++)
            {
                LeafColumn leaf = projection.Columns[i];
                string where = $"row group {bytes.Index}, column {leaf.Name}";
                PageReader pages = new(bytes.Take(i), bytes.Group.Columns[leaf.Index], leaf.Field!.Nullable, checkSums, memory, where);
                _columns.Add(ColumnReaders.Create(pages, leaf.Element, leaf.Field, memory));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RecordBatch Read(int rows)
    {
        List<Column> columns = [];
        try
        {
            foreach (ColumnReader column in _columns)
                columns.Add(column.Read(rows));
            return new RecordBatch(_schema, columns);
        }
        catch
        {
            foreach (Column column in columns)
                column.Dispose();
            throw;
        }
        finally
        {
            _memory.EndBatch();
        }
    }

    public void Dispose()
    {
        foreach (ColumnReader column in _columns)
            column.Dispose();
        _columns.Clear();
    }
}
