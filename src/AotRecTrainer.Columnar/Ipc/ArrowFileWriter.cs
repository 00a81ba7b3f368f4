using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>
/// Writes an Arrow IPC file (also known as Feather), whose batches can be read in any order. The same batches always give the same bytes.
/// </summary>
/// <remarks>
/// The file is complete only after <see cref="Close"/>. Disposing without it leaves a file without a footer, which no reader opens. The
/// stream stays open.
/// </remarks>
public sealed class ArrowFileWriter : IDisposable
{
    /// <summary>What a file begins with; without the padding it also ends with it.</summary>
    internal static ReadOnlySpan<byte> Magic => "ARROW1\0\0"u8;

    private readonly MessageWriter _messages;
    private readonly BatchWriter _batches;
    private readonly Schema _schema;
    private bool _closed;

    /// <summary>Starts a file at the stream's current position, which should be 0.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="schema">The columns of every batch.</param>
    public ArrowFileWriter(Stream output, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        _schema = schema;
        _messages = new MessageWriter(output);
        _batches = new BatchWriter(_messages, schema, replaces: false);
        _messages.WriteRaw(Magic);
        _messages.WriteSchema(schema);
    }

    /// <summary>Writes a batch, which may be empty.</summary>
    /// <param name="batch">The rows, with the file's columns; stays the caller's.</param>
    /// <exception cref="ArgumentException">The columns are not those of the file, or a dictionary is not the one of the batches before.</exception>
    /// <exception cref="InvalidOperationException">The file has been closed.</exception>
    public void Write(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_closed)
            throw new InvalidOperationException("The file has been closed.");
        _batches.Write(batch);
    }

    /// <summary>Writes the end mark and the footer. Closing twice is fine.</summary>
    public void Close()
    {
        if (_closed)
            return;
        _messages.WriteRaw([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        _messages.WriteFooter(_schema, _batches.DictionaryBlocks, _batches.BatchBlocks);
        _messages.WriteRaw(Magic[..6]);
        Dispose();
    }

    /// <summary>Ends writing; the file is only complete if it was closed before.</summary>
    public void Dispose()
    {
        _closed = true;
        _batches.Dispose();
    }
}
