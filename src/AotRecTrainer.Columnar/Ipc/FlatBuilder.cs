using System.Buffers.Binary;
using System.Text;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>
/// Writes FlatBuffers, in which Arrow writes its messages: from the end to the start, so that what is pointed to exists before what
/// points. Positions count bytes from the end.
/// </summary>
internal sealed class FlatBuilder
{
    private byte[] _bytes = new byte[1024];
    private int[] _fields = [];
    private int _tableStart;
    private int _position;

    public void Clear() => _position = 0;

    public int Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Align(4, bytes.Length + 1);
        Take(1)[0] = 0;
        bytes.CopyTo(Take(bytes.Length));
        Put(bytes.Length);
        return _position;
    }

    /// <summary>Writes a vector of references to what is at the given positions.</summary>
    public int References(IReadOnlyList<int> targets)
    {
        Align(4, 4 * targets.Count);
        for (int i = targets.Count - 1; i >= 0; i--)
            PutReference(targets[i]);
        Put(targets.Count);
        return _position;
    }

    /// <summary>Writes a vector of structures of two 64-bit integers each.</summary>
    public int Pairs(IReadOnlyList<(long First, long Second)> pairs)
    {
        Align(4, 16 * pairs.Count);
        Align(8, 16 * pairs.Count);
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            BinaryPrimitives.WriteInt64LittleEndian(Take(8), pairs[i].Second);
            BinaryPrimitives.WriteInt64LittleEndian(Take(8), pairs[i].First);
        }

        Put(pairs.Count);
        return _position;
    }

    /// <summary>Writes a vector of where messages lie in a file.</summary>
    public int Blocks(IReadOnlyList<IpcBlock> blocks)
    {
        Align(4, 24 * blocks.Count);
        Align(8, 24 * blocks.Count);
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            BinaryPrimitives.WriteInt64LittleEndian(Take(8), blocks[i].BodyLength);
            BinaryPrimitives.WriteInt64LittleEndian(Take(8), blocks[i].MetadataLength);
            BinaryPrimitives.WriteInt64LittleEndian(Take(8), blocks[i].Offset);
        }

        Put(blocks.Count);
        return _position;
    }

    public void BeginTable(int fields)
    {
        _fields = new int[fields];
        _tableStart = _position;
    }

    public void Byte(int field, byte value)
    {
        Take(1)[0] = value;
        _fields[field] = _position;
    }

    public void Int16(int field, short value)
    {
        Align(2, 0);
        BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);
        _fields[field] = _position;
    }

    public void Int32(int field, int value)
    {
        Align(4, 0);
        Put(value);
        _fields[field] = _position;
    }

    public void Int64(int field, long value)
    {
        Align(8, 0);
        BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);
        _fields[field] = _position;
    }

    public void Reference(int field, int target)
    {
        Align(4, 0);
        PutReference(target);
        _fields[field] = _position;
    }

    public int EndTable()
    {
        Align(4, 0);
        Put(0);
        int table = _position;
        for (int i = _fields.Length - 1; i >= 0; i--)
            Put16(_fields[i] == 0 ? 0 : table - _fields[i]);
        Put16(table - _tableStart);
        Put16((_fields.Length + 2) * 2);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table, 4), _position - table);
        return table;
    }

    /// <summary>Ends the message; its length is a multiple of eight.</summary>
    public ReadOnlySpan<byte> Finish(int root)
    {
        Align(8, 4);
        PutReference(root);
        return _bytes.AsSpan(_bytes.Length - _position);
    }

    private void PutReference(int target) => Put(_position + 4 - target);

    private void Put(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    private void Put16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), checked((ushort)value));

    /// <summary>Pads so that after <paramref name="following"/> more bytes the position is a multiple of <paramref name="size"/>.</summary>
    private void Align(int size, int following) => Take(-(_position + following) & (size - 1)).Clear();

    private Span<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            byte[] larger = new byte[Math.Max(checked(_position + count), _bytes.Length * 2)];
            _bytes.AsSpan(_bytes.Length - _position).CopyTo(larger.AsSpan(larger.Length - _position));
            _bytes = larger;
        }

        _position += count;
        return _bytes.AsSpan(_bytes.Length - _position, count);
    }
}
