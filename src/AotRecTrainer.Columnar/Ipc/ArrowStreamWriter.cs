using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes an Arrow IPC stream. The same batches always give the same bytes. The stream written to stays open.</summary>
/// <remarks>Disposing without <see cref="Close"/> leaves the end mark away, so that a reader can tell that the stream is cut short.</remarks>
public sealed class ArrowStreamWriter : IDisposable
{
    private const short Version5 = 4;
    private static readonly byte[] Zeros = new byte[NativeBuffer.Alignment];

    private readonly Stream _output;
    private readonly Schema _schema;
    private readonly FlatBuilder _builder = new();
    private bool _closed;

    /// <summary>Starts a stream with the schema.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="schema">The columns of every batch.</param>
    public ArrowStreamWriter(Stream output, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        _output = output;
        _schema = schema;
        WriteMessage(MessageKind.Schema, SchemaMessage.Write(_builder, schema), 0);
    }

    /// <summary>Writes a batch, which may be empty.</summary>
    /// <param name="batch">The rows, with the stream's columns; stays the caller's.</param>
    /// <exception cref="ArgumentException">The columns are not those of the stream.</exception>
    /// <exception cref="InvalidOperationException">The stream has been closed.</exception>
    public void Write(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_closed)
            throw new InvalidOperationException("The stream has been closed.");
        _schema.RequireSame(batch.Schema, nameof(batch));
        List<(long First, long Second)> nodes = [];
        List<(long First, long Second)> buffers = [];
        long bodyLength = 0;
        foreach (Column column in batch.Columns)
        {
            nodes.Add((column.Length, column.NullCount));
            if (column.Field.Type is { Element: not null } list)
                nodes.Add(((long)column.Length * list.ListSize, 0));
            for (int i = 0; i < BufferCount(column.Field.Type); i++)
            {
                int length = Buffer(column, i).Length;
                buffers.Add((bodyLength, length));
                bodyLength += Padded(length);
            }
        }

        _builder.Clear();
        int bufferVector = _builder.Pairs(buffers);
        int nodeVector = _builder.Pairs(nodes);
        _builder.BeginTable(4);
        _builder.Int64(0, batch.Length);
        _builder.Reference(1, nodeVector);
        _builder.Reference(2, bufferVector);
        WriteMessage(MessageKind.RecordBatch, _builder.EndTable(), bodyLength);
        foreach (Column column in batch.Columns)
        {
            for (int i = 0; i < BufferCount(column.Field.Type); i++)
            {
                ReadOnlySpan<byte> bytes = Buffer(column, i);
                _output.Write(bytes);
                _output.Write(Zeros.AsSpan(0, (int)(Padded(bytes.Length) - bytes.Length)));
            }
        }
    }

    /// <summary>Writes the end mark. Closing twice is fine.</summary>
    public void Close()
    {
        if (_closed)
            return;
        _output.Write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        _closed = true;
    }

    /// <summary>Ends writing.</summary>
    public void Dispose() => _closed = true;

    /// <summary>How many buffers a column of the type has in a batch.</summary>
    internal static int BufferCount(ArrowType type) => type.Id is ArrowTypeId.Utf8 or ArrowTypeId.FixedSizeList ? 3 : 2;

    private static long Padded(int length) => ((long)length + NativeBuffer.Alignment - 1) / NativeBuffer.Alignment * NativeBuffer.Alignment;

    private static ReadOnlySpan<byte> Buffer(Column column, int index)
    {
        if (index == 0)
            return column.Validity;
        return column.Field.Type.Id switch
        {
            ArrowTypeId.Utf8 when index == 1 => MemoryMarshal.AsBytes(column.TextOffsets),
            ArrowTypeId.Utf8 or ArrowTypeId.Boolean => column.Values<byte>(),

            // A list's elements are never missing: no bytes for where they would be marked.
            ArrowTypeId.FixedSizeList when index == 1 => default,
            _ => column.ValueBytes,
        };
    }

    private void WriteMessage(MessageKind kind, int header, long bodyLength)
    {
        _builder.BeginTable(5);
        _builder.Int64(3, bodyLength);
        _builder.Reference(2, header);
        _builder.Int16(0, Version5);
        _builder.Byte(1, (byte)kind);
        ReadOnlySpan<byte> message = _builder.Finish(_builder.EndTable());
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, -1);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], message.Length);
        _output.Write(prefix);
        _output.Write(message);
    }
}
