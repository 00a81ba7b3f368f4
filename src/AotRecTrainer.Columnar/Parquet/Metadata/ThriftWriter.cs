using System.Text;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Writes Thrift's compact protocol. Fields must be written in ascending order of their ids.</summary>
internal sealed class ThriftWriter(ByteWriter output)
{
    private readonly Stack<int> _outer = new();
    private int _lastId;

    /// <summary>Begins the top structure, or one that is an element of a list.</summary>
    public void BeginStructure()
    {
        _outer.Push(_lastId);
        _lastId = 0;
    }

    public void BeginStructure(int id)
    {
        Header(id, ThriftType.Structure);
        BeginStructure();
    }

    public void EndStructure()
    {
        output.Append((byte)ThriftType.Stop);
        _lastId = _outer.Pop();
    }

    public void Boolean(int id, bool value) => Header(id, value ? ThriftType.True : ThriftType.False);

    public void Int8(int id, sbyte value)
    {
        Header(id, ThriftType.Int8);
        output.Append((byte)value);
    }

    public void Int16(int id, short value)
    {
        Header(id, ThriftType.Int16);
        ZigZag(value);
    }

    public void Int32(int id, int value)
    {
        Header(id, ThriftType.Int32);
        ZigZag(value);
    }

    public void Int64(int id, long value)
    {
        Header(id, ThriftType.Int64);
        ZigZag(value);
    }

    public void Text(int id, string value)
    {
        Header(id, ThriftType.Binary);
        TextElement(value);
    }

    public void Binary(int id, ReadOnlySpan<byte> value)
    {
        Header(id, ThriftType.Binary);
        output.AppendVarint((ulong)value.Length);
        output.Append(value);
    }

    public void BeginList(int id, ThriftType element, int count)
    {
        Header(id, ThriftType.List);
        if (count < 15)
        {
            output.Append((byte)(count << 4 | (int)element));
        }
        else
        {
            output.Append((byte)(0xF0 | (int)element));
            output.AppendVarint((ulong)count);
        }
    }

    public void Int32Element(int value) => ZigZag(value);

    public void TextElement(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        output.AppendVarint((ulong)bytes.Length);
        output.Append(bytes);
    }

    private void ZigZag(long value) => output.AppendVarint((ulong)(value << 1 ^ value >> 63));

    private void Header(int id, ThriftType type)
    {
        int step = id - _lastId;
        if (step is > 0 and < 16)
        {
            output.Append((byte)(step << 4 | (int)type));
        }
        else
        {
            output.Append((byte)type);
            ZigZag(id);
        }

        _lastId = id;
    }
}
