using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The bytes of a column of text while it is read. They stand in the buffers' values, which grow.</summary>
internal sealed class TextBuilder
{
    private readonly ColumnBuffers _buffers;
    private readonly ReaderMemory _memory;
    private readonly string _where;

    /// <summary>Starts with room for a few bytes per row.</summary>
    public TextBuilder(ColumnBuffers buffers, int rows, ReaderMemory memory, string where)
    {
        _buffers = buffers;
        _memory = memory;
        _where = where;
        buffers.Values = memory.AllocateForBatch(Math.Min(rows, 1 << 20) * 8L, where);
    }

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes so far, until more are appended.</summary>
    public ReadOnlySpan<byte> Written => _buffers.Values!.Span[..Length];

    public void Append(ReadOnlySpan<byte> text)
    {
        int needed = Length + text.Length;
        if ((uint)needed > (uint)_buffers.Values!.Length)
            Grow((long)Length + text.Length);
        text.CopyTo(_buffers.Values.Span[Length..]);
        Length = needed;
    }

    /// <summary>Appends bytes that are there already, from <paramref name="start"/> on.</summary>
    public void Repeat(int start, int count)
    {
        if ((uint)(Length + count) > (uint)_buffers.Values!.Length)
            Grow((long)Length + count);
        Span<byte> bytes = _buffers.Values.Span;
        bytes.Slice(start, count).CopyTo(bytes[Length..]);
        Length += count;
    }

    /// <summary>Cuts the buffer down to what is used and checks that it is text.</summary>
    /// <param name="offsets">Where each row's bytes start, and where the last ones end.</param>
    public bool Finish(NativeBuffer offsets)
    {
        NativeBuffer whole = _buffers.Values!;
        int paddingEnd = (int)Math.Min(whole.Length, ((long)Length + NativeBuffer.Alignment - 1) / NativeBuffer.Alignment * NativeBuffer.Alignment);
        whole.Span[Length..paddingEnd].Clear();
        _buffers.Values = whole.View(0, Length);
        whole.Dispose();
        return TextCheck.IsWellFormed(_buffers.Values.Span, MemoryMarshal.Cast<byte, int>(offsets.Span));
    }

    private void Grow(long needed)
    {
        if (needed > NativeBuffer.LongestLength)
            throw new ParquetFormatException($"{_where}: more than 2 GiB of text in one batch; read fewer rows at a time");
        long larger = Math.Min(NativeBuffer.LongestLength, Math.Max(needed, _buffers.Values!.Length * 2L));
        _buffers.Values = _memory.GrowForBatch(_buffers.Values, larger, _where);
    }
}
