using System.Text;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Reads Thrift's compact protocol from bytes that are not trusted: every count and length is held against what is left.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="where">What they are, for messages.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes, string where)
{
    private const int DeepestNesting = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _where = where;
    private int _depth;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the head of the next field of a structure.</summary>
    /// <param name="id">In: the id of the field before, 0 at first. Out: the field's.</param>
    /// <param name="type">The field's type.</param>
    /// <returns>False at the end of the structure.</returns>
    public bool NextField(ref int id, out ThriftType type)
    {
        byte head = Byte();
        type = (ThriftType)(head & 0x0F);
        if (type == ThriftType.Stop)
            return false;
        if (type > ThriftType.Structure)
            throw Failure($"field type {(int)type}");
        long next = head >> 4 != 0 ? id + (head >> 4) : ZigZag();
        if (next is < 0 or > short.MaxValue)
            throw Failure($"field id {next}");
        id = (int)next;
        return true;
    }

    public readonly bool Boolean(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Failure($"field of type {type}, expected a boolean"),
    };

    public int Int8() => (sbyte)Byte();

    public int Int32(ThriftType type)
    {
        Expect(type is ThriftType.Int32 or ThriftType.Int16, type, "a 32-bit integer");
        long value = ZigZag();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Failure($"value {value}, expected 32 bits");
    }

    public long Int64(ThriftType type)
    {
        Expect(type is ThriftType.Int64, type, "a 64-bit integer");
        return ZigZag();
    }

    public string Text(ThriftType type)
    {
        Expect(type is ThriftType.Binary, type, "text");
        return Encoding.UTF8.GetString(Take(Count(1)));
    }

    /// <summary>Reads the head of a list whose elements take at least one byte each.</summary>
    public int BeginList(ThriftType type, ThriftType element)
    {
        Expect(type is ThriftType.List, type, "a list");
        int count = ListHead(out ThriftType found);
        Expect(found == element || count == 0, found, $"a list of {element}");
        return count;
    }

    /// <summary>Counts one level of structure in; <see cref="Leave"/> counts it out.</summary>
    public void Enter()
    {
        if (++_depth > DeepestNesting)
            throw Failure($"more than {DeepestNesting} structures in each other");
    }

    public void Leave() => _depth--;

    /// <summary>Passes over a value of any type.</summary>
    public void Skip(ThriftType type)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Int8:
                Byte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                Varint();
                break;
            case ThriftType.Number:
                Take(8);
                break;
            case ThriftType.Binary:
                Take(Count(1));
                break;
            case ThriftType.List or ThriftType.Set:
                Enter();
                int count = ListHead(out ThriftType element);
                for (int i = 0; i < count; i++)
                    SkipElement(element);
                Leave();
                break;
            case ThriftType.Map:
                Enter();
                int pairs = Count(2);
                byte types = pairs == 0 ? (byte)0 : Byte();
                for (int i = 0; i < pairs; i++)
                {
                    SkipElement((ThriftType)(types >> 4));
                    SkipElement((ThriftType)(types & 0x0F));
                }

                Leave();
                break;
            case ThriftType.Structure:
                Enter();
                for (int id = 0; NextField(ref id, out ThriftType field);)
                    Skip(field);
                Leave();
                break;
            default:
                throw Failure($"value of type {(int)type}");
        }
    }

    public readonly ParquetFormatException Failure(string found) => new($"{_where}: {found} at byte {Position} of {_bytes.Length}");

    // Unlike a field, a truth value in a list has a byte of its own.
    private void SkipElement(ThriftType type)
    {
        if (type is ThriftType.True or ThriftType.False)
            Byte();
        else
            Skip(type);
    }

    private readonly void Expect(bool holds, ThriftType found, string expected)
    {
        if (!holds)
            throw Failure($"field of type {found}, expected {expected}");
    }

    private int ListHead(out ThriftType element)
    {
        byte head = Byte();
        element = (ThriftType)(head & 0x0F);
        if (head >> 4 == 15)
            return Count(1);
        int count = head >> 4;
        return count <= _bytes.Length - Position ? count : throw Failure($"list of {count}");
    }

    private int Count(int bytesEach)
    {
        ulong count = Varint();
        return count <= (ulong)((_bytes.Length - Position) / bytesEach) ? (int)count : throw Failure($"length {count}");
    }

    private long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Failure("a number of more than ten bytes");
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
            throw Failure("unexpected end");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
