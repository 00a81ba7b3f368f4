using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Makes batches of messages, and keeps the dictionaries that they refer to.</summary>
internal sealed class BatchReader : IDisposable
{
    private readonly MessageReader _messages;
    private readonly Column?[] _dictionaries;
    private readonly long[] _ids;

    /// <summary>Reads the schema from the metadata of a message.</summary>
    public BatchReader(MessageReader messages, FlatTable schema, int messageBytes)
    {
        _messages = messages;
        Schema = SchemaMessage.Read(schema, messageBytes, out _ids);
        _dictionaries = new Column?[_ids.Length];
    }

    public Schema Schema { get; }

    /// <summary>Reads what stands behind the metadata of a message: a batch, or null where it was a dictionary.</summary>
    public RecordBatch? Read(byte[] metadata, string where)
    {
        FlatTable message = FlatTable.Root(metadata);
        MessageKind kind = (MessageKind)message.Byte(1);
        if (kind is not (MessageKind.RecordBatch or MessageKind.DictionaryBatch))
            throw new ArrowFormatException($"{where}: messages of kind {kind} are not supported");
        FlatTable header = message.Table(2);
        FlatTable rows = kind == MessageKind.DictionaryBatch ? header.Table(1) : header;
        if (rows.Has(3))
            throw new ArrowFormatException($"{where}: compressed batches are not supported");
        using NativeBuffer body = _messages.ReadBody(message.Int64(3), where);
        if (kind == MessageKind.RecordBatch)
            return new BatchDecoder(body, where).Decode(rows, Schema, _dictionaries);
        ReadDictionary(header, rows, body, where);
        return null;
    }

    public void Dispose()
    {
        foreach (Column? dictionary in _dictionaries)
            dictionary?.Dispose();
        Array.Clear(_dictionaries);
    }

    private void ReadDictionary(FlatTable header, FlatTable rows, NativeBuffer body, string where)
    {
        long id = header.Int64(0);
        bool delta = header.Byte(2) != 0;
        bool known = false;
        for (int i = 0; i < _ids.Length; i++)
        {
            if (Schema.Fields[i].Type is not { Id: ArrowTypeId.Dictionary, Element: { } value } || _ids[i] != id)
                continue;
            known = true;
            Field entry = new($"{Schema.Fields[i].Name} (dictionary)", value);
            Column read = new BatchDecoder(body, where).DecodeDictionary(rows, entry);
            Column? before = _dictionaries[i];
            if (delta && before is not null)
            {
                using (read)
                    _dictionaries[i] = Concatenation.Of(before, read, _messages.Allocator, where);
            }
            else
            {
                _dictionaries[i] = read;
            }

            before?.Dispose();
        }

        if (!known)
            throw new ArrowFormatException($"{where}: a dictionary with number {id}, which no column has");
    }
}
