using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes the messages of which streams and files are made. The same columns always give the same bytes.</summary>
internal sealed class MessageWriter(Stream output)
{
    private const short Version5 = 4;
    private static readonly byte[] Zeros = new byte[NativeBuffer.Alignment];

    private readonly FlatBuilder _builder = new();

    /// <summary>Bytes written so far.</summary>
    public long Position { get; private set; }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    public void WriteSchema(Schema schema)
    {
        _builder.Clear();
        WriteMessage(MessageKind.Schema, SchemaMessage.Write(_builder, schema), 0);
    }

    public IpcBlock WriteBatch(IReadOnlyList<Column> columns, int rows)
    {
        _builder.Clear();
        int header = WriteHeader(columns, rows, out long bodyLength);
        return WriteWithBody(MessageKind.RecordBatch, header, columns, bodyLength);
    }

    public IpcBlock WriteDictionary(long id, Column dictionary)
    {
        _builder.Clear();
        int batch = WriteHeader([dictionary], dictionary.Length, out long bodyLength);
        _builder.BeginTable(3);
        _builder.Int64(0, id);
        _builder.Reference(1, batch);
        return WriteWithBody(MessageKind.DictionaryBatch, _builder.EndTable(), [dictionary], bodyLength);
    }

    /// <summary>Writes where the messages of a file are.</summary>
    public void WriteFooter(Schema schema, IReadOnlyList<IpcBlock> dictionaries, IReadOnlyList<IpcBlock> batches)
    {
        _builder.Clear();
        int schemaTable = SchemaMessage.Write(_builder, schema);
        int dictionaryBlocks = _builder.Blocks(dictionaries);
        int batchBlocks = _builder.Blocks(batches);
        _builder.BeginTable(5);
        _builder.Reference(1, schemaTable);
        _builder.Reference(2, dictionaryBlocks);
        _builder.Reference(3, batchBlocks);
        _builder.Int16(0, Version5);
        ReadOnlySpan<byte> footer = _builder.Finish(_builder.EndTable());
        WriteRaw(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        WriteRaw(length);
    }

    /// <summary>How many buffers a column of the type has in a batch.</summary>
    private static int BufferCount(ArrowType type) => type.Id is ArrowTypeId.Utf8 or ArrowTypeId.FixedSizeList ? 3 : 2;

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

    private int WriteHeader(IReadOnlyList<Column> columns, int rows, out long bodyLength)
    {
        List<(long First, long Second)> nodes = [];
        List<(long First, long Second)> buffers = [];
        bodyLength = 0;
        foreach (Column column in columns)
        {
            nodes.Add((column.Length, column.NullCount));
            if (column.Field.Type.Id == ArrowTypeId.FixedSizeList)
                nodes.Add(((long)column.Length * column.Field.Type.ListSize, 0));
            for (int i = 0; i < BufferCount(column.Field.Type); i++)
            {
                int length = Buffer(column, i).Length;
                buffers.Add((bodyLength, length));
                bodyLength += Padded(length);
            }
        }

        int bufferVector = _builder.Pairs(buffers);
        int nodeVector = _builder.Pairs(nodes);
        _builder.BeginTable(4);
        _builder.Int64(0, rows);
        _builder.Reference(1, nodeVector);
        _builder.Reference(2, bufferVector);
        return _builder.EndTable();
    }

    private IpcBlock WriteWithBody(MessageKind kind, int header, IReadOnlyList<Column> columns, long bodyLength)
    {
        long start = Position;
        WriteMessage(kind, header, bodyLength);
        int metadataLength = (int)(Position - start);
        foreach (Column column in columns)
        {
            for (int i = 0; i < BufferCount(column.Field.Type); i++)
            {
                ReadOnlySpan<byte> bytes = Buffer(column, i);
                WriteRaw(bytes);
                WriteRaw(Zeros.AsSpan(0, (int)(Padded(bytes.Length) - bytes.Length)));
            }
        }

        return new IpcBlock(start, metadataLength, bodyLength);
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
        WriteRaw(prefix);
        WriteRaw(message);
    }
}
