using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>Reads the values of one column chunk, from the first row to the last, any number of rows at a time.</summary>
internal sealed class ColumnChunkReader : IDisposable
{
    // Rows that are decoded at a time where that takes a detour: their indices stay in the processor's nearest cache.
    private const int SliceRows = 2048;

    private readonly Field _field;
    private readonly PageReader _pages;
    private readonly int[] _indices = new int[SliceRows];
    private readonly int[] _levels = new int[SliceRows];
    private RleDecoder _dictionaryIndices;
    private byte[] _dictionary = [];
    private int[] _dictionaryOffsets = [];
    private int _dictionarySize = -1;
    private int _truthBit;

    public ColumnChunkReader(Stream input, ColumnChunk chunk, Field field, string where)
    {
        _field = field;
        _pages = new PageReader(input, chunk, field, where);
    }

    public void Dispose() => _pages.Dispose();

    /// <summary>Reads the next rows; there must be as many.</summary>
    public Column Read(int rows)
    {
        NativeBuffer? validity = _field.Nullable ? new NativeBuffer(Bitmap.ByteCount(rows)) : null;
        try
        {
            return _field.Type.Id switch
            {
                ArrowTypeId.Int32 or ArrowTypeId.Float => ReadFixed<uint>(rows, validity),
                ArrowTypeId.Int64 or ArrowTypeId.Double => ReadFixed<ulong>(rows, validity),
                ArrowTypeId.Int16 => ReadNarrow<short>(rows, validity),
                ArrowTypeId.Int8 => ReadNarrow<sbyte>(rows, validity),
                ArrowTypeId.Boolean => ReadTruths(rows, validity),
                _ => ReadText(rows, validity),
            };
        }
        catch
        {
            validity?.Dispose();
            throw;
        }
    }

    private Column ReadFixed<T>(int rows, NativeBuffer? validity)
        where T : unmanaged
    {
        NativeBuffer values = NativeBuffer.Uninitialized(checked(rows * Unsafe.SizeOf<T>()));
        try
        {
            int nulls = FillFixed(values.As<T>(), validity);
            return Finish(rows, nulls, validity, values);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    // Integers of one and two bytes stand in the file as four.
    private Column ReadNarrow<T>(int rows, NativeBuffer? validity)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        using NativeBuffer wide = NativeBuffer.Uninitialized(checked(rows * sizeof(int)));
        int nulls = FillFixed(wide.As<uint>(), validity);
        NativeBuffer values = NativeBuffer.Uninitialized(rows * Unsafe.SizeOf<T>());
        Span<int> from = wide.As<int>();
        Span<T> to = values.As<T>();
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = T.CreateTruncating(from[i]);
            if (int.CreateTruncating(to[i]) != from[i])
            {
                values.Dispose();
                throw _pages.Failure($"value {from[i]}, expected {_field.Type}");
            }
        }

        return Finish(rows, nulls, validity, values);
    }

    private Column ReadTruths(int rows, NativeBuffer? validity)
    {
        NativeBuffer values = new(Bitmap.ByteCount(rows));
        try
        {
            int nulls = 0;
            for (int done = 0; done < rows;)
            {
                int count = NextSlice(rows - done, validity, done, out int present);
                Span<int> truths = _indices.AsSpan(0, present);
                ReadTruths(truths);
                for (int i = 0, next = 0; i < count; i++)
                {
                    if ((validity is null || Bitmap.Get(validity.Span, done + i)) && truths[next++] != 0)
                        Bitmap.Set(values.Span, done + i);
                }

                nulls += count - present;
                done += count;
            }

            return Finish(rows, nulls, validity, values);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    private void ReadTruths(Span<int> truths)
    {
        if (_pages.Encoding == PageEncoding.Rle)
        {
            if (!_dictionaryIndices.TryRead(truths))
                throw TooFewValues();
            return;
        }

        ReadOnlySpan<byte> bits = _pages.Values.AsSpan(_pages.ValuesStart, _pages.ValuesEnd - _pages.ValuesStart);
        if (truths.Length > (bits.Length * 8L) - _truthBit)
            throw TooFewValues();
        for (int i = 0; i < truths.Length; i++)
            truths[i] = Bitmap.Get(bits, _truthBit + i) ? 1 : 0;
        _truthBit += truths.Length;
    }

    private Column ReadText(int rows, NativeBuffer? validity)
    {
        NativeBuffer offsets = NativeBuffer.Uninitialized(checked((rows + 1) * sizeof(int)));
        ByteWriter text = new();
        NativeBuffer? bytes = null;
        try
        {
            Span<int> starts = offsets.As<int>();
            starts[0] = 0;
            int nulls = 0;
            for (int done = 0; done < rows;)
            {
                int count = NextSlice(rows - done, validity, done, out int present);
                bool indexed = IsIndexed();
                if (indexed)
                    ReadIndices(_indices.AsSpan(0, present));
                for (int i = 0, next = 0; i < count; i++)
                {
                    if (validity is null || Bitmap.Get(validity.Span, done + i))
                        AppendText(text, indexed ? DictionaryText(_indices[next++]) : PlainText());
                    starts[done + i + 1] = text.Length;
                }

                nulls += count - present;
                done += count;
            }

            bytes = NativeBuffer.Uninitialized(text.Length);
            text.Written.CopyTo(bytes.Span);
            if (!TextCheck.IsWellFormed(bytes.Span, starts))
                throw _pages.Failure("text that is not UTF-8");
            return Finish(rows, nulls, validity, bytes, offsets);
        }
        catch
        {
            bytes?.Dispose();
            offsets.Dispose();
            throw;
        }
    }

    private void AppendText(ByteWriter text, ReadOnlySpan<byte> value)
    {
        if (value.Length > Array.MaxLength - text.Length)
            throw _pages.Failure("more than 2 GiB of text in one batch; read fewer rows at a time");
        text.Append(value);
    }

    private ReadOnlySpan<byte> DictionaryText(int index) =>
        _dictionary.AsSpan(_dictionaryOffsets[index] + 4, _dictionaryOffsets[index + 1] - _dictionaryOffsets[index] - 4);

    private ReadOnlySpan<byte> PlainText()
    {
        int left = _pages.ValuesEnd - _pages.ValuesStart;
        if (left < 4)
            throw TooFewValues();
        int length = BinaryPrimitives.ReadInt32LittleEndian(_pages.Values.AsSpan(_pages.ValuesStart, 4));
        if (length < 0 || length > left - 4)
            throw _pages.Failure($"text of {length} bytes, expected at most {left - 4}");
        _pages.ValuesStart += 4 + length;
        return _pages.Values.AsSpan(_pages.ValuesStart - length, length);
    }

    private int FillFixed<T>(Span<T> values, NativeBuffer? validity)
        where T : unmanaged
    {
        int nulls = 0;
        for (int done = 0; done < values.Length;)
        {
            int count = NextSlice(values.Length - done, validity, done, out int present);
            Span<T> slice = values.Slice(done, count);
            if (IsIndexed())
                ReadThroughDictionary(slice[..present]);
            else
                ReadPlain(slice[..present]);
            if (present < count)
                Spread(slice, present, validity!.Span, done);
            nulls += count - present;
            done += count;
        }

        return nulls;
    }

    // The present values stand at the front; from the back each goes to its row, and rows without one become 0.
    private static void Spread<T>(Span<T> values, int present, ReadOnlySpan<byte> validity, int start)
        where T : unmanaged
    {
        for (int i = values.Length - 1; i >= 0; i--)
            values[i] = Bitmap.Get(validity, start + i) ? values[--present] : default;
    }

    private void ReadPlain<T>(Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (bytes.Length > _pages.ValuesEnd - _pages.ValuesStart)
            throw TooFewValues();
        _pages.Values.AsSpan(_pages.ValuesStart, bytes.Length).CopyTo(bytes);
        _pages.ValuesStart += bytes.Length;
    }

    private void ReadThroughDictionary<T>(Span<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<T> dictionary = MemoryMarshal.Cast<byte, T>(_dictionary)[.._dictionarySize];
        while (!values.IsEmpty)
        {
            int count = _dictionaryIndices.TakeRun(values.Length, out int index);
            if (count > 0)
            {
                if ((uint)index >= (uint)dictionary.Length)
                    throw OutsideDictionary(index);
                values[..count].Fill(dictionary[index]);
            }
            else
            {
                count = Math.Min(values.Length, SliceRows);
                Span<int> indices = _indices.AsSpan(0, count);
                ReadIndices(indices);
                ref T entries = ref MemoryMarshal.GetReference(dictionary);
                for (int i = 0; i < indices.Length; i++)
                    values[i] = Unsafe.Add(ref entries, (nint)(uint)indices[i]);
            }

            values = values[count..];
        }
    }

    /// <summary>Reads indices and makes sure that the dictionary has them.</summary>
    private void ReadIndices(Span<int> indices)
    {
        if (!_dictionaryIndices.TryRead(indices))
            throw TooFewValues();
        uint largest = 0;
        foreach (int index in indices)
            largest = Math.Max(largest, (uint)index);
        if (!indices.IsEmpty && largest >= (uint)_dictionarySize)
            throw OutsideDictionary((int)largest);
    }

    /// <summary>
    /// Goes to the next page where the current one is at its end, and gives out how many rows can be read in one go, and how many of
    /// them have a value. Their validity is set.
    /// </summary>
    private int NextSlice(int most, NativeBuffer? validity, int start, out int present)
    {
        while (_pages.RowsLeft == 0)
            NextPage();
        int count = Math.Min(most, _pages.RowsLeft);
        bool whole = _field.Type.Id is not (ArrowTypeId.Utf8 or ArrowTypeId.Boolean);
        if (!whole)
            count = Math.Min(count, SliceRows);
        present = count;
        if (_pages.HasLevels)
        {
            int run = _pages.Levels.TakeRun(count, out int level);
            if (run > 0)
            {
                count = run;
                present = CheckedLevel(level) * run;
                if (present > 0)
                    Bitmap.SetRange(validity!.Span, start, run);
            }
            else
            {
                count = Math.Min(count, SliceRows);
                present = ReadLevels(validity!.Span, start, count);
            }
        }

        _pages.RowsLeft -= count;
        return count;
    }

    private int CheckedLevel(int level) => level is 0 or 1 ? level : throw _pages.Failure($"definition level {level}, expected 0 or 1");

    private int ReadLevels(Span<byte> validity, int start, int count)
    {
        Span<int> levels = _levels.AsSpan(0, count);
        if (!_pages.Levels.TryRead(levels))
            throw _pages.Failure("a page with fewer definition levels than rows");
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            // A run inside of the slice may carry any byte.
            int level = CheckedLevel(levels[i]);
            present += level;
            if (level != 0)
                Bitmap.Set(validity, start + i);
        }

        return present;
    }

    private bool IsIndexed() => _pages.Encoding is PageEncoding.PlainDictionary or PageEncoding.RleDictionary;

    private void NextPage()
    {
        if (!_pages.TryNext(out PageType type))
            throw _pages.Failure("fewer rows than expected");
        if (type == PageType.Dictionary)
        {
            ReadDictionary();
            _pages.RowsLeft = 0;
            return;
        }

        _truthBit = 0;
        bool boolean = _field.Type.Id == ArrowTypeId.Boolean;
        if (boolean ? _pages.Encoding is PageEncoding.Plain or PageEncoding.Rle : _pages.Encoding is PageEncoding.Plain || IsIndexed())
            OpenValues(boolean);
        else
            throw _pages.Failure($"encoding {_pages.Encoding} is not supported");
    }

    private void OpenValues(bool boolean)
    {
        int start = _pages.ValuesStart;
        if (_pages.Encoding == PageEncoding.Plain)
            return;
        if (boolean)
        {
            int length = _pages.ValuesEnd - start < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(_pages.Values.AsSpan(start, 4));
            if (length < 0 || length > _pages.ValuesEnd - start - 4)
                throw _pages.Failure($"{length} bytes of truth values, expected at most {_pages.ValuesEnd - start - 4}");
            _dictionaryIndices = new RleDecoder(_pages.Values, start + 4, start + 4 + length, 1);
            return;
        }

        if (_dictionarySize < 0)
            throw _pages.Failure("a page of dictionary indices without a dictionary");

        // Without any value a page may be empty: then there is nothing to say about how wide its indices are.
        int width = start < _pages.ValuesEnd ? _pages.Values[start++] : 0;
        if (width > 32)
            throw _pages.Failure($"dictionary indices of {width} bits, expected at most 32");
        _dictionaryIndices = new RleDecoder(_pages.Values, start, _pages.ValuesEnd, width);
    }

    private void ReadDictionary()
    {
        if (_pages.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
            throw _pages.Failure($"a dictionary encoded as {_pages.Encoding} is not supported");
        int count = _pages.RowsLeft;
        ReadOnlySpan<byte> values = _pages.Values.AsSpan(_pages.ValuesStart, _pages.ValuesEnd - _pages.ValuesStart);
        int width = _field.Type.Id switch
        {
            ArrowTypeId.Boolean => throw _pages.Failure("a dictionary of booleans is not supported"),
            ArrowTypeId.Utf8 => 4,
            _ => Math.Max(4, _field.Type.ByteWidth),
        };
        if (count > values.Length / width)
            throw _pages.Failure($"a dictionary of {count} values in {values.Length} bytes");
        _dictionary = values.ToArray();
        _dictionarySize = count;
        if (_field.Type.Id != ArrowTypeId.Utf8)
            return;
        _dictionaryOffsets = new int[count + 1];
        int position = 0;
        for (int i = 0; i < count; i++)
        {
            int left = _dictionary.Length - position - 4;
            int length = left < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(_dictionary.AsSpan(position, 4));
            if (length < 0 || length > left)
                throw _pages.Failure($"dictionary entry {i} of {length} bytes, expected at most {left}");
            _dictionaryOffsets[i] = position;
            position += 4 + length;
        }

        _dictionaryOffsets[count] = position;
    }

    private Column Finish(int rows, int nulls, NativeBuffer? validity, NativeBuffer values, NativeBuffer? offsets = null)
    {
        if (nulls == 0)
        {
            validity?.Dispose();
            validity = null;
        }

        return new Column(_field, rows, nulls, validity, values, offsets);
    }

    private ParquetFormatException TooFewValues() => _pages.Failure("a page with fewer values than expected");

    private ParquetFormatException OutsideDictionary(int index) =>
        _pages.Failure($"dictionary index {(uint)index}, expected less than {_dictionarySize}");
}
