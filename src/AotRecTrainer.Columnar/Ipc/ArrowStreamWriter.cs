using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes an Arrow IPC stream. The same batches always give the same bytes. The stream written to stays open.</summary>
/// <remarks>Disposing without <see cref="Close"/> leaves the end mark away, so that a reader can tell that the stream is cut short.</remarks>
public sealed class ArrowStreamWriter : IDisposable
{
    private readonly MessageWriter _messages;
    private readonly BatchWriter _batches;
    private bool _closed;

    /// <summary>Starts a stream with the schema.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="schema">The columns of every batch.</param>
    public ArrowStreamWriter(Stream output, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        _messages = new MessageWriter(output);
        _batches = new BatchWriter(_messages, schema, replaces: true);
        _messages.WriteSchema(schema);
    }

    /// <summary>Writes a batch, which may be empty; before it those of its dictionaries that differ from the batch before.</summary>
    /// <param name="batch">The rows, with the stream's columns; stays the caller's.</param>
    /// <exception cref="ArgumentException">The columns are not those of the stream.</exception>
    /// <exception cref="InvalidOperationException">The stream has been closed.</exception>
    public void Write(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_closed)
            throw new InvalidOperationException("The stream has been closed.");
        _batches.Write(batch);
    }

    /// <summary>Writes the end mark. Closing twice is fine.</summary>
    public void Close()
    {
        if (_closed)
            return;
        _messages.WriteRaw([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        Dispose();
    }

    /// <summary>Ends writing.</summary>
    public void Dispose()
    {
        _closed = true;
        _batches.Dispose();
    }
}
