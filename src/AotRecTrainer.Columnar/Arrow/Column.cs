using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The values of one column of a batch. It owns its buffers; values do not change once it is made.</summary>
public sealed class Column : IDisposable
{
    private readonly NativeBuffer? _validity;
    private readonly NativeBuffer _values;
    private readonly NativeBuffer? _offsets;

    /// <summary>Takes ownership of the buffers. <paramref name="validity"/> is null when nothing is missing.</summary>
    internal Column(Field field, int length, int nullCount, NativeBuffer? validity, NativeBuffer values, NativeBuffer? offsets)
    {
        Field = field;
        Length = length;
        NullCount = nullCount;
        _validity = validity;
        _values = values;
        _offsets = offsets;
    }

    /// <summary>The name and type.</summary>
    public Field Field { get; }

    /// <summary>Rows.</summary>
    public int Length { get; }

    /// <summary>Rows without a value.</summary>
    public int NullCount { get; }

    /// <summary>One bit per row, set where there is a value; empty when nothing is missing.</summary>
    public ReadOnlySpan<byte> Validity => _validity is null ? default : _validity.Span[..Bitmap.ByteCount(Length)];

    /// <summary>For text: where each row's bytes start, and as the last entry where they end (<see cref="Length"/> + 1 entries).</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public ReadOnlySpan<int> TextOffsets =>
        _offsets is null ? throw WrongType("text offsets") : _offsets.As<int>()[..(Length + 1)];

    /// <summary>The bytes of the values of a column of numbers, or of lists of such.</summary>
    internal ReadOnlySpan<byte> ValueBytes
    {
        get
        {
            ArrowType type = Field.Type;
            return _values.Span[..checked(Length * Math.Max(1, type.ListSize) * (type.Element ?? type).ByteWidth)];
        }
    }

    /// <summary>
    /// The values; where one is missing, whatever stands in its place. For lists: the elements of all rows one after the other,
    /// <see cref="Length"/> times the list size. As bytes: the bits of booleans, or the bytes of text.
    /// </summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not how the column holds its values.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        ArrowType type = Field.Type;
        if (typeof(T) == typeof(byte) && type.Id is ArrowTypeId.Boolean)
            return _values.As<T>()[..Bitmap.ByteCount(Length)];
        if (typeof(T) == typeof(byte) && type.Id is ArrowTypeId.Utf8)
            return _values.As<T>();
        if (!(type.Element ?? type).IsStoredAs<T>())
            throw WrongType(typeof(T).Name);
        return _values.As<T>()[..checked(Length * Math.Max(1, type.ListSize))];
    }

    /// <summary>Whether row <paramref name="index"/> has no value.</summary>
    public bool IsNull(int index)
    {
        CheckIndex(index);
        return _validity is not null && !Bitmap.Get(_validity.Span, index);
    }

    /// <summary>The text of row <paramref name="index"/>, or null when it has none.</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public string? GetString(int index) => IsNull(index) ? null : Encoding.UTF8.GetString(GetUtf8(index));

    /// <summary>The bytes of the text of row <paramref name="index"/>; empty when it has none.</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public ReadOnlySpan<byte> GetUtf8(int index)
    {
        CheckIndex(index);
        ReadOnlySpan<int> offsets = TextOffsets;
        return _values.Span[offsets[index]..offsets[index + 1]];
    }

    /// <summary>The truth value of row <paramref name="index"/>; false when it has none.</summary>
    /// <exception cref="InvalidOperationException">The column is not boolean.</exception>
    public bool GetBoolean(int index)
    {
        CheckIndex(index);
        return Bitmap.Get(Values<byte>(), index);
    }

    /// <summary>Makes a column in which every row has a value; the values are copied.</summary>
    /// <param name="field">Name and type; the type must hold <typeparamref name="T"/> (bool for booleans).</param>
    /// <param name="values">One value per row; for lists the elements of all rows, one row after the other.</param>
    /// <exception cref="ArgumentException">The type does not hold such values, or a list is not complete.</exception>
    public static Column FromValues<T>(Field field, ReadOnlySpan<T> values)
        where T : unmanaged => FromValues(field, values, default, allValid: true);

    /// <summary>Makes a column in which values may be missing; the values are copied.</summary>
    /// <param name="field">Name and type; must be nullable when a value is missing.</param>
    /// <param name="values">One value per row (for lists: all elements); what stands where one is missing is stored as 0.</param>
    /// <param name="valid">One entry per row: whether it has a value.</param>
    /// <exception cref="ArgumentException">The type does not hold such values, the lengths differ, or the field is not nullable.</exception>
    public static Column FromValues<T>(Field field, ReadOnlySpan<T> values, ReadOnlySpan<bool> valid)
        where T : unmanaged => FromValues(field, values, valid, allValid: false);

    /// <summary>Makes a column of text; the text is copied as UTF-8.</summary>
    /// <param name="field">Name and type; must be nullable when an entry is null.</param>
    /// <param name="values">One text per row; null where there is none.</param>
    /// <exception cref="ArgumentException">
    /// The field is not text, an entry is null and the field not nullable, an entry is not well-formed UTF-16,
    /// or the text needs 2 GiB or more.
    /// </exception>
    public static Column FromStrings(Field field, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(values);
        if (field.Type.Id != ArrowTypeId.Utf8)
            throw new ArgumentException($"Column {field.Name} has type {field.Type}, expected Utf8.", nameof(field));

        // Unpaired surrogates would silently become question marks; the strict encoding raises instead (an ArgumentException).
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        long total = 0;
        int nulls = 0;
        foreach (string? value in values)
        {
            total += value is null ? 0 : strict.GetByteCount(value);
            nulls += value is null ? 1 : 0;
        }

        if (total > int.MaxValue)
            throw new ArgumentException($"Column {field.Name} has {total} bytes of text, expected less than 2 GiB.", nameof(values));
        RequireNullable(field, nulls);

        NativeBuffer bytes = NativeBuffer.Uninitialized((int)total);
        NativeBuffer offsets = NativeBuffer.Uninitialized(checked((values.Count + 1) * sizeof(int)));
        NativeBuffer? validity = nulls == 0 ? null : new NativeBuffer(Bitmap.ByteCount(values.Count));
        Span<int> starts = offsets.As<int>();
        int position = 0;
        for (int i = 0; i < values.Count; i++)
        {
            starts[i] = position;
            if (values[i] is not { } value)
                continue;
            position += strict.GetBytes(value, bytes.Span[position..]);
            if (validity is not null)
                Bitmap.Set(validity.Span, i);
        }

        starts[values.Count] = position;
        return new Column(field, values.Count, nulls, validity, bytes, offsets);
    }

    /// <summary>Frees the buffers; spans taken from the column must not be used any more.</summary>
    public void Dispose()
    {
        _validity?.Dispose();
        _values.Dispose();
        _offsets?.Dispose();
    }

    private static Column FromValues<T>(Field field, ReadOnlySpan<T> values, ReadOnlySpan<bool> valid, bool allValid)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        ArrowType type = field.Type;
        bool boolean = type.Id == ArrowTypeId.Boolean && typeof(T) == typeof(bool);
        if (!boolean && !(type.Element ?? type).IsStoredAs<T>())
            throw new ArgumentException($"Column {field.Name} has type {type}, found values of {typeof(T).Name}.", nameof(field));

        int width = Math.Max(1, type.ListSize);
        int length = values.Length / width;
        if (length * width != values.Length)
        {
            throw new ArgumentException(
                $"Column {field.Name}: {values.Length} elements, expected a multiple of the list size {width}.", nameof(values));
        }

        int nulls = 0;
        if (!allValid)
        {
            if (valid.Length != length)
                throw new ArgumentException($"Column {field.Name}: {valid.Length} marks for {length} rows.", nameof(valid));
            nulls = valid.Count(false);
            RequireNullable(field, nulls);
        }

        NativeBuffer? validity = nulls == 0 ? null : new NativeBuffer(Bitmap.ByteCount(length));
        NativeBuffer buffer = boolean
            ? new NativeBuffer(Bitmap.ByteCount(length))
            : NativeBuffer.Uninitialized(checked(values.Length * Unsafe.SizeOf<T>()));
        if (boolean)
        {
            ReadOnlySpan<bool> truths = MemoryMarshal.Cast<T, bool>(values);
            for (int i = 0; i < length; i++)
            {
                if (truths[i] && (nulls == 0 || valid[i]))
                    Bitmap.Set(buffer.Span, i);
            }
        }
        else
        {
            values.CopyTo(buffer.As<T>());
        }

        if (validity is not null)
        {
            for (int i = 0; i < length; i++)
            {
                if (valid[i])
                    Bitmap.Set(validity.Span, i);
                else if (!boolean)
                    buffer.As<T>().Slice(i * width, width).Clear();
            }
        }

        return new Column(field, length, nulls, validity, buffer, offsets: null);
    }

    private static void RequireNullable(Field field, int nulls)
    {
        if (nulls > 0 && !field.Nullable)
            throw new ArgumentException($"Column {field.Name} is not nullable, found {nulls} rows without a value.", nameof(field));
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Length)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Column {Field.Name} has {Length} rows.");
    }

    private InvalidOperationException WrongType(string asked) => new($"Column {Field.Name} has type {Field.Type}, asked for {asked}.");
}
