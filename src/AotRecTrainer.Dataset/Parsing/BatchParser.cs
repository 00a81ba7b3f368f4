using System.Text;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Record batches to rows. For one thread at a time.</summary>
internal sealed class BatchParser
{
    private readonly ColumnPlaces _places;
    private readonly Schema _schema;

    private BatchParser(Schema schema, ColumnPlaces places, bool textIds)
    {
        (_schema, _places) = (schema, places);
        Space = new IdSpace(
            textIds || schema.Fields[places.User].Type.Id == ArrowTypeId.Utf8, textIds || schema.Fields[places.Item].Type.Id == ArrowTypeId.Utf8);
    }

    /// <summary>The codes of ids.</summary>
    public IdSpace Space { get; }

    /// <summary>Whether rows have a timestamp.</summary>
    public bool HasTimestamps => _places.Timestamp >= 0;

    /// <summary>The columns that are needed.</summary>
    public IEnumerable<Field> Fields =>
        new[] { _places.User, _places.Item, _places.Rating, _places.Timestamp }.Where(place => place >= 0).Select(place => _schema.Fields[place]);

    /// <summary>Makes a parser.</summary>
    /// <param name="schema">The columns of the input.</param>
    /// <param name="places">Which are which.</param>
    /// <param name="textIds">Whether ids are text even where they are integers.</param>
    /// <param name="problem">Null, or why the result is null: a column of a type that it cannot have.</param>
    public static BatchParser? Create(Schema schema, ColumnPlaces places, bool textIds, out string? problem)
    {
        problem = Problem(places.User, "an integer or text", IsId) ?? Problem(places.Item, "an integer or text", IsId)
            ?? Problem(places.Rating, "a number", IsNumber) ?? Problem(places.Timestamp, "an integer", IsInteger);
        return problem is null ? new BatchParser(schema, places, textIds) : null;

        string? Problem(int place, string expected, Func<ArrowTypeId, bool> allowed) => place < 0 || allowed(schema.Fields[place].Type.Id)
            ? null
            : $"column {schema.Fields[place].Name} is {schema.Fields[place].Type}, expected {expected}";
    }

    /// <summary>Parses a batch.</summary>
    /// <param name="batch">The rows; at least the columns <see cref="Fields"/>.</param>
    /// <param name="tally">Is told of every row whether it is good.</param>
    /// <param name="rowsMax">Where to stop.</param>
    public RatingChunk Parse(RecordBatch batch, LineTally tally, long rowsMax)
    {
        Column users = batch[_schema.Fields[_places.User].Name], items = batch[_schema.Fields[_places.Item].Name];
        float[] ratings = Floats(batch[_schema.Fields[_places.Rating].Name]);
        Column? times = HasTimestamps ? batch[_schema.Fields[_places.Timestamp].Name] : null;
        long[] timestamps = times is null ? [] : Integers(times);
        long[] userIds = Integers(users), itemIds = Integers(items);
        var rows = new RatingChunk((int)Math.Min(batch.Length, rowsMax), HasTimestamps);
        for (int row = 0; row < batch.Length && rows.Count < rowsMax; row++)
        {
            int user = 0, item = 0;
            string? problem = Missing(batch, row)
                ?? Code(Space.Users, users, userIds, row, out user)
                ?? Code(Space.Items, items, itemIds, row, out item)
                ?? RatingNumber.Problem(ratings[row]);
            if (problem is null)
            {
                rows.Add(user, item, ratings[row], HasTimestamps ? timestamps[row] : 0);
                tally.AddGood();
            }
            else
            {
                tally.AddBad(problem);
            }
        }

        (rows.UserCodes, rows.ItemCodes) = (Space.Users.Count, Space.Items.Count);
        return rows;
    }

    private static bool IsInteger(ArrowTypeId type) => type is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64;

    private static bool IsNumber(ArrowTypeId type) => IsInteger(type) || type is ArrowTypeId.Float or ArrowTypeId.Double;

    private static bool IsId(ArrowTypeId type) => IsInteger(type) || type == ArrowTypeId.Utf8;

    private string? Missing(RecordBatch batch, int row)
    {
        foreach (Column column in batch.Columns)
        {
            if (column.NullCount > 0 && column.IsNull(row) && Fields.Contains(column.Field))
            {
                return $"{column.Field.Name} is missing";
            }
        }

        return null;
    }

    private static string? Code(IdColumn ids, Column column, long[] integers, int row, out int code) =>
        column.Field.Type.Id == ArrowTypeId.Utf8 ? ids.TryCode(column.GetUtf8(row), out code)
        : ids.IsText ? ids.TryCode(Encoding.ASCII.GetBytes(integers[row].ToString()), out code)
        : ids.TryCode(integers[row], out code);

    // Empty for text.
    private static long[] Integers(Column column) => column.Field.Type.Id switch
    {
        ArrowTypeId.Int8 => Widen(column.Values<sbyte>(), value => (long)value),
        ArrowTypeId.Int16 => Widen(column.Values<short>(), value => (long)value),
        ArrowTypeId.Int32 => Widen(column.Values<int>(), value => (long)value),
        ArrowTypeId.Int64 => column.Values<long>().ToArray(),
        _ => [],
    };

    private static float[] Floats(Column column) => column.Field.Type.Id switch
    {
        ArrowTypeId.Float => column.Values<float>().ToArray(),
        ArrowTypeId.Double => Widen(column.Values<double>(), value => (float)value),
        _ => Array.ConvertAll(Integers(column), value => (float)value),
    };

    private static TResult[] Widen<T, TResult>(ReadOnlySpan<T> values, Func<T, TResult> widen)
    {
        var wide = new TResult[values.Length];
        for (int index = 0; index < wide.Length; index++)
        {
            wide[index] = widen(values[index]);
        }

        return wide;
    }
}
