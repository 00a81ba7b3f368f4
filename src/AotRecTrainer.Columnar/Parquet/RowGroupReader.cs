using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>Reads chosen columns of a row group side by side.</summary>
internal sealed class RowGroupReader : IDisposable
{
    private readonly Schema _schema;
    private readonly List<ColumnChunkReader> _columns = [];

    public RowGroupReader(Stream input, int index, RowGroup group, Schema schema, int[] positions)
    {
        _schema = schema;
        try
        {
            for (int i = 0; i < positions.Length; i++)
            {
                Field field = schema.Fields[i];
                string where = $"row group {index}, column {field.Name}";
                _columns.Add(new ColumnChunkReader(input, group.Columns[positions[i]], field, where));
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
            foreach (ColumnChunkReader column in _columns)
                columns.Add(column.Read(rows));
            return new RecordBatch(_schema, columns);
        }
        catch
        {
            foreach (Column column in columns)
                column.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (ColumnChunkReader column in _columns)
            column.Dispose();
        _columns.Clear();
    }
}
