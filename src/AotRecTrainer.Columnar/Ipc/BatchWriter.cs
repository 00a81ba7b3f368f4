using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Writes batches, and before each the dictionaries that its readers do not have yet.</summary>
/// <param name="messages">Where to.</param>
/// <param name="schema">The columns of every batch.</param>
/// <param name="replaces">Whether a dictionary may take the place of an earlier one, as in streams but not in files.</param>
internal sealed class BatchWriter(MessageWriter messages, Schema schema, bool replaces) : IDisposable
{
    private readonly Column?[] _dictionaries = new Column?[schema.Fields.Count];

    /// <summary>Where the dictionaries are.</summary>
    public List<IpcBlock> DictionaryBlocks { get; } = [];

    /// <summary>Where the batches are.</summary>
    public List<IpcBlock> BatchBlocks { get; } = [];

    public void Write(RecordBatch batch)
    {
        schema.RequireSame(batch.Schema, nameof(batch));
        for (int i = 0; i < _dictionaries.Length; i++)
        {
            if (batch.Columns[i].Dictionary is { } dictionary && !IsSame(_dictionaries[i], dictionary))
                WriteDictionary(i, dictionary);
        }

        BatchBlocks.Add(messages.WriteBatch(batch.Columns, batch.Length));
    }

    public void Dispose()
    {
        foreach (Column? dictionary in _dictionaries)
            dictionary?.Dispose();
        Array.Clear(_dictionaries);
    }

    private static bool IsSame(Column? before, Column now)
    {
        if (before is null || before.Length != now.Length)
            return false;
        return now.Field.Type.Id == ArrowTypeId.Utf8
            ? before.Values<byte>().SequenceEqual(now.Values<byte>()) && before.TextOffsets.SequenceEqual(now.TextOffsets)
            : before.ValueBytes.SequenceEqual(now.ValueBytes);
    }

    private void WriteDictionary(int index, Column dictionary)
    {
        if (_dictionaries[index] is not null && !replaces)
        {
            throw new ArgumentException(
                $"Column {schema.Fields[index].Name} has another dictionary than in the batches before; in a file it cannot change.",
                nameof(dictionary));
        }

        DictionaryBlocks.Add(messages.WriteDictionary(index, dictionary));
        _dictionaries[index]?.Dispose();
        _dictionaries[index] = dictionary.Share();
    }
}
