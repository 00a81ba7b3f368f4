using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Makes columns of views into the body of a message, after checking that they are what the schema says.</summary>
internal ref struct BatchDecoder(NativeBuffer body, string where)
{
    private readonly NativeBuffer _body = body;
    private string _where = where;
    private int _node;
    private int _buffer;

    /// <summary>Reads a batch.</summary>
    /// <param name="header">Says where in the body the columns are.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="dictionaries">By column: its dictionary, where it has come.</param>
    public RecordBatch Decode(FlatTable header, Schema schema, ReadOnlySpan<Column?> dictionaries)
    {
        int rows = Rows(header);
        string batch = _where;
        List<Column> columns = [];
        try
        {
            for (int i = 0; i < schema.Fields.Count; i++)
            {
                _where = $"{batch}, column {schema.Fields[i].Name}";
                columns.Add(DecodeColumn(header, schema.Fields[i], rows, dictionaries[i]));
            }

            return new RecordBatch(schema, columns);
        }
        catch
        {
            foreach (Column column in columns)
                column.Dispose();
            throw;
        }
    }

    /// <summary>Reads the entries of a dictionary.</summary>
    public Column DecodeDictionary(FlatTable header, Field field)
    {
        _where = $"{_where}, column {field.Name}";
        return DecodeColumn(header, field, Rows(header), dictionary: null);
    }

    private readonly int Rows(FlatTable header) =>
        header.Int64(0) is >= 0 and <= int.MaxValue - 1 and long rows ? (int)rows : throw Failure($"{header.Int64(0)} rows");

    private Column DecodeColumn(FlatTable header, Field field, int rows, Column? dictionary)
    {
        NativeBuffer? validity = null;
        NativeBuffer? offsets = null;
        NativeBuffer? values = null;
        try
        {
            long nulls = NextNode(header, rows);
            validity = NextBuffer(header);
            int nullCount = CheckValidity(field, validity, rows, nulls);
            if (nullCount == 0)
            {
                validity.Dispose();
                validity = null;
            }

            long needed;
            if (field.Type.Id == ArrowTypeId.Utf8)
            {
                offsets = NextBuffer(header);
                values = NextBuffer(header);
                offsets = CheckText(offsets, values, rows);
                needed = 0;
            }
            else if (field.Type is { Id: ArrowTypeId.FixedSizeList, Element: { } element })
            {
                long elements = (long)rows * field.Type.ListSize;
                if (elements > int.MaxValue)
                    throw Failure($"{elements} elements, expected less than 2^31");
                long missing = NextNode(header, elements);
                using (NativeBuffer marks = NextBuffer(header))
                    CheckElements(validity, marks, field.Type.ListSize, rows, missing);
                values = NextBuffer(header);
                needed = elements * element.ByteWidth;
            }
            else
            {
                values = NextBuffer(header);
                needed = field.Type.Id == ArrowTypeId.Boolean ? Bitmap.ByteCount(rows) : (long)rows * field.Type.Stored.ByteWidth;
            }

            if (values.Length < needed)
                throw Failure($"{values.Length} bytes of values, expected {needed}");
            return field.Type.Id == ArrowTypeId.Dictionary
                ? WithDictionary(field, rows, nullCount, validity, values, dictionary)
                : new Column(field, rows, nullCount, validity, values, offsets);
        }
        catch
        {
            validity?.Dispose();
            offsets?.Dispose();
            values?.Dispose();
            throw;
        }
    }

    private readonly Column WithDictionary(
        Field field, int rows, int nulls, NativeBuffer? validity, NativeBuffer indices, Column? dictionary)
    {
        if (dictionary is null)
            throw Failure("indices without a dictionary");
        Column column = new(field, rows, nulls, validity, indices, offsets: null, dictionary.Share());
        int outside = column.FirstIndexOutside();
        if (outside < 0)
            return column;
        int index = column.GetDictionaryIndex(outside);
        column.Dictionary!.Dispose();
        throw Failure($"row {outside}: dictionary index {index}, expected less than {dictionary.Length}");
    }

    private long NextNode(FlatTable header, long length)
    {
        (long found, long nulls) = header.PairAt(1, _node++);
        return found == length && nulls >= 0 && nulls <= length ? nulls : throw Failure($"{found} rows ({nulls} null), expected {length}");
    }

    private NativeBuffer NextBuffer(FlatTable header)
    {
        (long offset, long length) = header.PairAt(2, _buffer++);
        if (offset < 0 || length < 0 || offset > _body.Length || length > _body.Length - offset)
            throw Failure($"a buffer of {length} bytes from {offset} on, expected within {_body.Length}");
        if (offset % 8 == 0)
            return _body.View((int)offset, (int)length);

        // Against the format, but harmless: values that are not where they can be read in one go are moved.
        NativeBuffer copy = NativeBuffer.Uninitialized((int)length);
        _body.Span.Slice((int)offset, (int)length).CopyTo(copy.Span);
        return copy;
    }

    private readonly int CheckValidity(Field field, NativeBuffer validity, int rows, long claimed)
    {
        if (validity.Length == 0)
            return claimed == 0 ? 0 : throw Failure($"{claimed} nulls, but no marks");
        if (validity.Length < Bitmap.ByteCount(rows))
            throw Failure($"{validity.Length} bytes of marks for {rows} rows");
        int nulls = rows - Bitmap.CountSet(validity.Span, rows);
        if (nulls != claimed)
            throw Failure($"{nulls} rows are marked null, expected {claimed}");
        return nulls == 0 || field.Nullable ? nulls : throw Failure($"{nulls} nulls, expected none");
    }

    // Writers may mark the elements of a list that is missing as missing too. In a list that is there every element must be.
    private readonly void CheckElements(NativeBuffer? lists, NativeBuffer marks, int listSize, int rows, long claimed)
    {
        if (claimed == 0)
            return;
        if (marks.Length < Bitmap.ByteCount(rows * listSize))
            throw Failure($"{marks.Length} bytes of marks for {(long)rows * listSize} elements, {claimed} of which are missing");
        for (int row = 0; row < rows; row++)
        {
            if (lists is not null && !Bitmap.Get(lists.Span, row))
                continue;
            for (int i = row * listSize; i < (row + 1) * listSize; i++)
            {
                if (!Bitmap.Get(marks.Span, i))
                    throw Failure($"the list of row {row} lacks element {i - (row * listSize)}; such lists are not supported");
            }
        }
    }

    private readonly NativeBuffer CheckText(NativeBuffer offsets, NativeBuffer values, int rows)
    {
        // A writer may leave the offsets of an empty column away.
        if (offsets.Length == 0 && rows == 0)
        {
            offsets.Dispose();
            return new NativeBuffer(sizeof(int));
        }

        ReadOnlySpan<int> starts = MemoryMarshal.Cast<byte, int>(offsets.Span);
        if (starts.Length <= rows)
            throw Failure($"{starts.Length} text offsets, expected {rows + 1L}");
        int last = 0;
        foreach (int start in starts[..(rows + 1)])
        {
            if (start < last || start > values.Length)
                throw Failure($"text offset {start}, expected {last} to {values.Length}");
            last = start;
        }

        return TextCheck.IsWellFormed(values.Span, starts[..(rows + 1)]) ? offsets : throw Failure("text that is not UTF-8");
    }

    private readonly ArrowFormatException Failure(string what) => new($"{_where}: {what}");
}
