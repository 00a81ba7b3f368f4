using System.Buffers.Binary;
using System.Collections.ObjectModel;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;
using AotRecTrainer.Columnar.Parquet.Writing;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>Writes a flat Parquet file. The same batches and options always give the same bytes.</summary>
/// <remarks>
/// The file is complete only after <see cref="Close"/>. Disposing without it leaves a file without a footer, which no reader opens:
/// so an error half way cannot pass for a whole file. The stream stays open.
/// </remarks>
public sealed class ParquetWriter : IDisposable
{
    private readonly Schema _schema;
    private readonly ParquetWriterOptions _options;
    private readonly WriterBuffers _buffers;
    private readonly PageWriter _pages;
    private readonly ColumnChunkWriter _writer;
    private readonly List<LeafColumn> _columns = [];
    private readonly List<RowGroup> _groups = [];
    private long _rows;
    private bool _closed;
    private bool _disposed;

    /// <summary>Starts a file at the stream's current position, which should be 0.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="schema">The columns: at least one, no lists; its metadata becomes part of the file's.</param>
    /// <param name="options">How; null means the defaults.</param>
    /// <exception cref="ArgumentException">A column's type has no place in a flat file, or an option is out of range.</exception>
    public ParquetWriter(Stream output, Schema schema, ParquetWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        _options = options ?? new ParquetWriterOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RowGroupRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PageRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PageBytes, 1, nameof(options));
        if (_options.Compression is not (Compression.None or Compression.Snappy))
            throw new ArgumentException($"Compression {_options.Compression} is not supported.", nameof(options));
        if (schema.Fields.Count == 0)
            throw new ArgumentException("No columns; a Parquet file has at least one.", nameof(schema));
        foreach (Field field in schema.Fields)
        {
            SchemaElement element = SchemaElement.FromField(field)
                ?? throw new ArgumentException($"Column {field.Name} has type {field.Type}, which has no place in a flat file.", nameof(schema));
            _columns.Add(new LeafColumn(_columns.Count, field.Name, element, field, Problem: null));
        }

        _schema = schema;
        _buffers = WriterBuffers.Rent();
        _pages = new PageWriter(output, _options.Compression, _buffers);
        _writer = new ColumnChunkWriter(_pages, _options, _buffers);
        _pages.WriteRaw("PAR1"u8);
    }

    /// <summary>Writes a batch as one row group, or several when it has more rows than one may have. An empty batch adds nothing.</summary>
    /// <param name="batch">The rows, with the writer's columns; stays the caller's.</param>
    /// <exception cref="ArgumentException">The columns are not those of the file.</exception>
    /// <exception cref="InvalidOperationException">The file has been closed.</exception>
    public void Write(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfClosed();
        _schema.RequireSame(batch.Schema, nameof(batch));
        for (int start = 0; start < batch.Length;)
        {
            int rows = Math.Min(_options.RowGroupRows, batch.Length - start);
            List<ColumnChunk> chunks = [];
            foreach (Column column in batch.Columns)
                chunks.Add(_writer.Write(column, start, rows));
            _groups.Add(new RowGroup(rows, chunks));
            _rows += rows;
            start += rows;
        }
    }

    /// <summary>Writes the footer. Closing twice is fine.</summary>
    public void Close()
    {
        if (_closed)
            return;
        Dictionary<string, string> metadata = new(_schema.Metadata, StringComparer.Ordinal);
        foreach ((string key, string value) in _options.KeyValueMetadata ?? ReadOnlyDictionary<string, string>.Empty)
            metadata[key] = value;
        ByteWriter footer = new();
        new FileFooter(_columns, _rows, _groups, metadata).Write(footer);
        int length = footer.Length;
        BinaryPrimitives.WriteInt32LittleEndian(footer.Take(4), length);
        footer.Append("PAR1"u8);
        _pages.WriteRaw(footer.Written);
        _closed = true;
    }

    /// <summary>Ends writing; the file is only complete if it was closed before.</summary>
    public void Dispose()
    {
        _closed = true;
        if (!_disposed)
            WriterBuffers.Return(_buffers);
        _disposed = true;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new InvalidOperationException("The file has been closed.");
    }
}
