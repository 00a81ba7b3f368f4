using System.Buffers.Binary;
using System.Text;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>A table of a FlatBuffer that is not trusted: every position is held against the bytes.</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _position;
    private readonly int _fieldTable;
    private readonly int _fieldTableLength;

    private FlatTable(ReadOnlySpan<byte> bytes, int position)
    {
        _bytes = bytes;
        _position = position;
        long fieldTable = (long)position - ReadInt32(bytes, position);
        if (fieldTable < 0 || fieldTable > bytes.Length - 4)
            throw Damaged(position);
        _fieldTable = (int)fieldTable;
        _fieldTableLength = ReadUInt16(bytes, _fieldTable);
        if (_fieldTableLength < 4 || _fieldTableLength > bytes.Length - _fieldTable)
            throw Damaged(_fieldTable);
    }

    /// <summary>The table at the root of a message.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new(bytes, Follow(bytes, 0));

    public byte Byte(int field, byte otherwise = 0) => Locate(field, 1, out int at) ? _bytes[at] : otherwise;

    public short Int16(int field, short otherwise = 0) => Locate(field, 2, out int at) ? (short)ReadUInt16(_bytes, at) : otherwise;

    public int Int32(int field, int otherwise = 0) => Locate(field, 4, out int at) ? ReadInt32(_bytes, at) : otherwise;

    public long Int64(int field, long otherwise = 0) => Locate(field, 8, out int at) ? ReadInt64(_bytes, at) : otherwise;

    public bool Has(int field) => Locate(field, 1, out _);

    /// <summary>The table that a field refers to; it must be there.</summary>
    public FlatTable Table(int field) =>
        Locate(field, 4, out int at) ? new FlatTable(_bytes, Follow(_bytes, at)) : throw Damaged(_position);

    /// <summary>The text that a field refers to; empty when there is none.</summary>
    public string Text(int field)
    {
        int count = Vector(field, 1, out int start);
        return Encoding.UTF8.GetString(_bytes.Slice(start, count));
    }

    /// <summary>Elements of the vector that a field refers to; 0 when there is none.</summary>
    public int Count(int field, int elementBytes) => Vector(field, elementBytes, out _);

    /// <summary>One of the tables that a field's vector refers to.</summary>
    public FlatTable TableAt(int field, int index)
    {
        int count = Vector(field, 4, out int start);
        return index < count ? new FlatTable(_bytes, Follow(_bytes, start + (4 * index))) : throw Damaged(start);
    }

    /// <summary>One of the structures of two 64-bit integers in a field's vector.</summary>
    public (long First, long Second) PairAt(int field, int index)
    {
        int count = Vector(field, 16, out int start);
        if (index >= count)
            throw new ArrowFormatException($"message: fewer entries than the schema needs: {count}, expected more than {index}");
        int at = start + (16 * index);
        return (ReadInt64(_bytes, at), ReadInt64(_bytes, at + 8));
    }

    /// <summary>One of the places of messages in a field's vector.</summary>
    public IpcBlock BlockAt(int field, int index)
    {
        int count = Vector(field, 24, out int start);
        if (index >= count)
            throw Damaged(start);
        int at = start + (24 * index);
        return new IpcBlock(ReadInt64(_bytes, at), ReadInt32(_bytes, at + 8), ReadInt64(_bytes, at + 16));
    }

    private static ArrowFormatException Damaged(long position) => new($"message: damaged metadata near byte {position}");

    private static int Follow(ReadOnlySpan<byte> bytes, int at)
    {
        long target = at + (long)(uint)ReadInt32(bytes, at);
        return target <= bytes.Length - 4 ? (int)target : throw Damaged(at);
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(Part(bytes, at, 2));

    private static int ReadInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(Part(bytes, at, 4));

    private static long ReadInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(Part(bytes, at, 8));

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int at, int count) =>
        at >= 0 && at <= bytes.Length - count ? bytes.Slice(at, count) : throw Damaged(at);

    private bool Locate(int field, int size, out int at)
    {
        at = 0;
        int entry = 4 + (2 * field);
        if (entry + 2 > _fieldTableLength)
            return false;
        int offset = ReadUInt16(_bytes, _fieldTable + entry);
        if (offset == 0)
            return false;
        at = _position + offset;
        return at <= _bytes.Length - size ? true : throw Damaged(at);
    }

    private int Vector(int field, int elementBytes, out int start)
    {
        start = 0;
        if (!Locate(field, 4, out int at))
            return 0;
        int vector = Follow(_bytes, at);
        int count = ReadInt32(_bytes, vector);
        start = vector + 4;
        return count >= 0 && count <= (_bytes.Length - start) / elementBytes ? count : throw Damaged(vector);
    }
}
