using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Columnar.CData;

/// <summary>Makes a column of somebody else's array.</summary>
/// <param name="memory">Keeps the array alive.</param>
/// <param name="field">Name and type.</param>
internal readonly unsafe struct CColumnImport(NativeBuffer memory, Field field)
{
    /// <summary>Imports rows of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="skipped">Rows of it that come before, beside its own offset.</param>
    /// <param name="length">Rows.</param>
    public Column Import(CArrowArray* array, long skipped, long length)
    {
        long start = array->Offset + skipped;
        ArrowType type = field.Type;
        if (length > int.MaxValue - 1 || start + length > int.MaxValue)
            throw Failure($"{length} rows from {start} on, expected less than 2^31");
        int rows = (int)length;
        NativeBuffer? validity = null;
        NativeBuffer? offsets = null;
        NativeBuffer? values = null;
        Column? dictionary = null;
        try
        {
            int nulls = 0;
            if (array->Buffers[0] != null && array->NullCount != 0)
            {
                validity = Bits(array->Buffers[0], start, rows);
                nulls = rows - Bitmap.CountSet(validity.Span, rows);
            }

            if (nulls > 0 && !field.Nullable)
                throw Failure($"{nulls} nulls, expected none");
            switch (type.Id)
            {
                case ArrowTypeId.Boolean:
                    values = Bits(array->Buffers[1], start, rows);
                    break;
                case ArrowTypeId.Utf8:
                    // An empty array may leave its offsets away.
                    offsets = rows == 0 ? new NativeBuffer(sizeof(int)) : Numbers(array->Buffers[1], start, rows + 1L, sizeof(int));
                    values = Numbers(array->Buffers[2], 0, offsets.As<int>()[rows], 1);
                    break;
                case ArrowTypeId.FixedSizeList:
                    CArrowArray* elements = array->Children[0];
                    CheckElements(elements, validity, start, rows);
                    values = Numbers(
                        elements->Buffers[1], elements->Offset + (start * type.ListSize), (long)rows * type.ListSize, type.Element!.ByteWidth);
                    break;
                default:
                    values = Numbers(array->Buffers[1], start, rows, type.Stored.ByteWidth);
                    break;
            }

            if (type.Id == ArrowTypeId.Dictionary)
            {
                Field entry = new($"{field.Name} (dictionary)", type.Element!);
                dictionary = new CColumnImport(memory, entry).Import(array->Dictionary, 0, array->Dictionary->Length);
            }

            Column column = new(field, rows, nulls, nulls == 0 ? null : validity, values, offsets, dictionary);
            if (nulls == 0)
                validity?.Dispose();
            if (dictionary is not null && column.FirstIndexOutside() is >= 0 and int outside)
                throw Failure($"row {outside}: dictionary index {column.GetDictionaryIndex(outside)}, expected less than {dictionary.Length}");
            return column;
        }
        catch
        {
            validity?.Dispose();
            offsets?.Dispose();
            values?.Dispose();
            dictionary?.Dispose();
            throw;
        }
    }

    // Bits that do not start with a byte are moved to where they do.
    private NativeBuffer Bits(void* bits, long start, int count)
    {
        byte* first = (byte*)bits + (start / 8);
        int shift = (int)(start % 8);
        if (shift == 0)
            return memory.ForeignView((nint)first, Bitmap.ByteCount(count));
        NativeBuffer moved = new(Bitmap.ByteCount(count));
        ReadOnlySpan<byte> source = new(first, Bitmap.ByteCount(count + shift));
        for (int i = 0; i < count; i++)
        {
            if (Bitmap.Get(source, shift + i))
                Bitmap.Set(moved.Span, i);
        }

        return moved;
    }

    // Values must lie where they can be read in one go; the interface recommends that, but does not promise it.
    private NativeBuffer Numbers(void* values, long start, long count, int width)
    {
        if (count * width > NativeBuffer.LongestLength)
            throw Failure($"{count} values of {width} bytes, expected less than 2 GiB");
        nint first = (nint)values + (nint)(start * width);
        int bytes = (int)(count * width);
        if (first % width == 0)
            return memory.ForeignView(first, bytes);
        NativeBuffer moved = NativeBuffer.Uninitialized(bytes);
        new ReadOnlySpan<byte>((void*)first, bytes).CopyTo(moved.Span);
        return moved;
    }

    // The elements of a list that is missing may be missing too; those of others must be there.
    private void CheckElements(CArrowArray* elements, NativeBuffer? lists, long start, int rows)
    {
        if (elements->NullCount == 0 || elements->Buffers[0] == null)
            return;
        int size = field.Type.ListSize;
        using NativeBuffer marks = Bits(elements->Buffers[0], elements->Offset + (start * size), rows * size);
        for (int i = 0; i < rows * size; i++)
        {
            if (!Bitmap.Get(marks.Span, i) && (lists is null || Bitmap.Get(lists.Span, i / size)))
                throw Failure($"the list of row {i / size} lacks element {i % size}; such lists are not supported");
        }
    }

    private ArrowFormatException Failure(string what) => new($"array, column {field.Name}: {what}");
}
