using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace AotRecTrainer.Columnar.Arrow;

/// <content>Making columns of values at hand.</content>
public sealed partial class Column
{
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

    /// <summary>Makes a column of indices into a dictionary, and takes ownership of both.</summary>
    /// <param name="field">Name and type.</param>
    /// <param name="indices">One index per row, of the type's index type; null where there is no value.</param>
    /// <param name="dictionary">The values, without nulls, of the type's value type.</param>
    /// <exception cref="ArgumentException">The types do not fit, or an index has no entry. The columns stay the caller's.</exception>
    public static Column FromDictionary(Field field, Column indices, Column dictionary)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(dictionary);
        if (field.Type.Id != ArrowTypeId.Dictionary || indices.Field.Type != field.Type.Index || dictionary.Field.Type != field.Type.Element)
        {
            throw new ArgumentException(
                $"Column {field.Name} has type {field.Type}, found {indices.Field.Type} into {dictionary.Field.Type}.", nameof(field));
        }

        RequireNullable(field, indices.NullCount);
        if (dictionary.NullCount > 0)
            throw new ArgumentException($"Column {field.Name}: {dictionary.NullCount} nulls in the dictionary.", nameof(dictionary));
        Column column = new(field, indices.Length, indices.NullCount, indices._validity, indices._values, offsets: null, dictionary);
        int outside = column.FirstIndexOutside();
        return outside < 0
            ? column
            : throw new ArgumentException(
                $"Column {field.Name}, row {outside}: index {column.GetDictionaryIndex(outside)} of {dictionary.Length} entries.", nameof(indices));
    }

    private static Column FromValues<T>(Field field, ReadOnlySpan<T> values, ReadOnlySpan<bool> valid, bool allValid)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        ArrowType type = field.Type;
        bool boolean = type.Id == ArrowTypeId.Boolean && typeof(T) == typeof(bool);
        if (type.Id == ArrowTypeId.Dictionary || (!boolean && !type.Stored.IsStoredAs<T>()))
            throw new ArgumentException($"Column {field.Name} has type {type}, found values of {typeof(T).Name}.", nameof(field));

        int width = type.ValuesPerRow;
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
}
