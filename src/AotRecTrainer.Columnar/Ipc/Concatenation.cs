using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Puts the entries that a stream adds to a dictionary behind those that it has.</summary>
internal static class Concatenation
{
    /// <summary>A column of the rows of both, which stay their owners'; neither lacks values.</summary>
    public static Column Of(Column first, Column second, BufferAllocator allocator, string where)
    {
        Field field = first.Field;
        bool text = field.Type.Id == ArrowTypeId.Utf8;
        int firstEnd = text ? first.TextOffsets[^1] : 0;
        ReadOnlySpan<byte> start = text ? first.Values<byte>()[..firstEnd] : first.ValueBytes;
        ReadOnlySpan<byte> rest = text ? second.Values<byte>()[..second.TextOffsets[^1]] : second.ValueBytes;
        long rows = (long)first.Length + second.Length;
        if (Math.Max(start.Length + (long)rest.Length, (rows + 1) * sizeof(int)) > NativeBuffer.LongestLength)
            throw new ArrowFormatException($"{where}: a dictionary of 2 GiB or more");
        NativeBuffer values = NativeBuffer.Uninitialized(start.Length + rest.Length, allocator);
        start.CopyTo(values.Span);
        rest.CopyTo(values.Span[start.Length..]);
        if (!text)
            return new Column(field, (int)rows, 0, validity: null, values, offsets: null);
        NativeBuffer offsets = NativeBuffer.Uninitialized(((int)rows + 1) * sizeof(int), allocator);
        Span<int> ends = offsets.As<int>();
        first.TextOffsets.CopyTo(ends);
        for (int i = 0; i <= second.Length; i++)
            ends[first.Length + i] = firstEnd + second.TextOffsets[i];
        return new Column(field, (int)rows, 0, validity: null, values, offsets);
    }
}
