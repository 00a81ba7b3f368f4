using System.Text;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The values of one column of a batch. It owns its buffers; values do not change once it is made.</summary>
public sealed partial class Column : IDisposable
{
    private readonly NativeBuffer? _validity;
    private readonly NativeBuffer _values;
    private readonly NativeBuffer? _offsets;

    /// <summary>Takes ownership of the buffers. <paramref name="validity"/> is null when nothing is missing.</summary>
    internal Column(
        Field field, int length, int nullCount, NativeBuffer? validity, NativeBuffer values, NativeBuffer? offsets, Column? dictionary = null)
    {
        Field = field;
        Length = length;
        NullCount = nullCount;
        _validity = validity;
        _values = values;
        _offsets = offsets;
        Dictionary = dictionary;
    }

    /// <summary>The name and type.</summary>
    public Field Field { get; }

    /// <summary>Rows.</summary>
    public int Length { get; }

    /// <summary>Rows without a value.</summary>
    public int NullCount { get; }

    /// <summary>What the indices of a column with a dictionary stand for, without nulls; null for every other column.</summary>
    public Column? Dictionary { get; }

    /// <summary>One bit per row, set where there is a value; empty when nothing is missing.</summary>
    public ReadOnlySpan<byte> Validity => _validity is null ? default : _validity.Span[..Bitmap.ByteCount(Length)];

    /// <summary>For text: where each row's bytes start, and as the last entry where they end (<see cref="Length"/> + 1 entries).</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public ReadOnlySpan<int> TextOffsets =>
        _offsets is null ? throw WrongType("text offsets") : _offsets.As<int>()[..(Length + 1)];

    /// <summary>The bytes of the values of a column of numbers, lists or indices.</summary>
    internal ReadOnlySpan<byte> ValueBytes => _values.Span[..checked(StoredCount * Field.Type.Stored.ByteWidth)];

    private int StoredCount => checked(Length * Field.Type.ValuesPerRow);

    /// <summary>
    /// The values; where one is missing, whatever stands in its place. For lists: the elements of all rows one after the other,
    /// <see cref="Length"/> times the list size. For dictionaries: the indices. As bytes: the bits of booleans, or the bytes of text.
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
        if (!type.Stored.IsStoredAs<T>())
            throw WrongType(typeof(T).Name);
        return _values.As<T>()[..StoredCount];
    }

    /// <summary>The entry of the dictionary that row <paramref name="index"/> has; where it has no value, anything.</summary>
    /// <exception cref="InvalidOperationException">The column has no dictionary.</exception>
    public int GetDictionaryIndex(int index)
    {
        CheckIndex(index);
        return Field.Type.Index?.Id switch
        {
            ArrowTypeId.Int8 => _values.As<sbyte>()[index],
            ArrowTypeId.Int16 => _values.As<short>()[index],
            ArrowTypeId.Int32 => _values.As<int>()[index],
            _ => throw WrongType("dictionary indices"),
        };
    }

    /// <summary>Whether row <paramref name="index"/> has no value.</summary>
    public bool IsNull(int index)
    {
        CheckIndex(index);
        return _validity is not null && !Bitmap.Get(_validity.Span, index);
    }

    /// <summary>The text of row <paramref name="index"/>, by its dictionary where it has one; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public string? GetString(int index) => IsNull(index) ? null : Encoding.UTF8.GetString(GetUtf8(index));

    /// <summary>The bytes of the text of row <paramref name="index"/>; empty when it has none.</summary>
    /// <exception cref="InvalidOperationException">The column is not text.</exception>
    public ReadOnlySpan<byte> GetUtf8(int index)
    {
        CheckIndex(index);
        if (Dictionary is { } dictionary)
            return IsNull(index) ? default : dictionary.GetUtf8(GetDictionaryIndex(index));
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

    /// <summary>The first row whose index has no entry in the dictionary; -1 when there is none.</summary>
    internal int FirstIndexOutside()
    {
        for (int i = 0; i < Length; i++)
        {
            if (!IsNull(i) && (uint)GetDictionaryIndex(i) >= (uint)Dictionary!.Length)
                return i;
        }

        return -1;
    }

    /// <summary>Frees the buffers; spans taken from the column must not be used any more.</summary>
    public void Dispose()
    {
        _validity?.Dispose();
        _values.Dispose();
        _offsets?.Dispose();
        Dictionary?.Dispose();
    }

    /// <summary>Another column of the same memory, which lives until both have been disposed.</summary>
    internal Column Share() =>
        new(Field, Length, NullCount, Whole(_validity), Whole(_values)!, Whole(_offsets), Dictionary?.Share());

    private static NativeBuffer? Whole(NativeBuffer? buffer) => buffer?.View(0, buffer.Length);

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Length)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Column {Field.Name} has {Length} rows.");
    }

    private InvalidOperationException WrongType(string asked) => new($"Column {Field.Name} has type {Field.Type}, asked for {asked}.");
}
