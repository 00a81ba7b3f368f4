using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar;

/// <summary>A growing buffer of bytes that is used again and again.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Gives out the next <paramref name="count"/> bytes to be filled.</summary>
    public Span<byte> Take(int count)
    {
        Span<byte> span = Reserve(count)[..count];
        Length += count;
        return span;
    }

    /// <summary>At least <paramref name="count"/> bytes behind what is written; <see cref="Advance"/> keeps some of them.</summary>
    public Span<byte> Reserve(int count)
    {
        int needed = checked(Length + count);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, _bytes.Length * 2L)));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(byte value) => Take(1)[0] = value;

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Append(MemoryMarshal.AsBytes(values));

    /// <summary>Appends seven bits per byte, the lowest first.</summary>
    public void AppendVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Append((byte)(value | 0x80));
        Append((byte)value);
    }

    /// <summary>Writes four bytes, the lowest first, over what stands at <paramref name="position"/>.</summary>
    public void PatchInt32(int position, int value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position, 4), value);
}
