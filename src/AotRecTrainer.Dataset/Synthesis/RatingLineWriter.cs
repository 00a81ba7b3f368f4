using System.Buffers.Text;

namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>Writes lines as <c>ratings.dat</c> has them, <c>user::item::rating::timestamp</c>, through a buffer of bytes.</summary>
internal sealed class RatingLineWriter(Stream output)
{
    // Four numbers of at most 20 characters, three separators and a newline.
    private const int LineBytesMax = 96;
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _used;

    /// <summary>Adds a line.</summary>
    public void Write(long user, long item, int stars, long timestamp)
    {
        if (_buffer.Length - _used < LineBytesMax)
        {
            Flush();
        }

        Number(user);
        Text("::"u8);
        Number(item);
        Text("::"u8);
        Number(stars);
        Text("::"u8);
        Number(timestamp);
        Text("\n"u8);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        output.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Number(long value)
    {
        _ = Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out int written);
        _used += written;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }
}
