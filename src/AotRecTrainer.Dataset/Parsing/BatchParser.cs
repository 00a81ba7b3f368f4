using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Record batches to rows. For one thread at a time.</summary>
internal sealed class BatchParser
{
    private readonly Field _user;
    private readonly Field _item;
    private readonly Field _rating;
    private readonly Field? _timestamp;

    private BatchParser(Schema schema, ColumnPlaces places, bool textIds)
    {
        (_user, _item, _rating) = (schema.Fields[places.User], schema.Fields[places.Item], schema.Fields[places.Rating]);
        _timestamp = places.Timestamp < 0 ? null : schema.Fields[places.Timestamp];
        Space = new IdSpace(textIds || BatchIds.AreText(_user.Type), textIds || BatchIds.AreText(_item.Type));
    }

    /// <summary>The codes of ids.</summary>
    public IdSpace Space { get; }

    /// <summary>Whether rows have a timestamp.</summary>
    public bool HasTimestamps => _timestamp is not null;

    /// <summary>The columns that are needed.</summary>
    public IReadOnlyList<Field> Fields => _timestamp is null ? [_user, _item, _rating] : [_user, _item, _rating, _timestamp];

    /// <summary>Makes a parser.</summary>
    /// <param name="schema">The columns of the input.</param>
    /// <param name="places">Which are which.</param>
    /// <param name="textIds">Whether ids are text even where they are integers.</param>
    /// <param name="problem">Null, or why the result is null: a column of a type that it cannot have.</param>
    public static BatchParser? Create(Schema schema, ColumnPlaces places, bool textIds, out string? problem)
    {
        problem = Problem(places.User, "integers or text", BatchIds.CanBe) ?? Problem(places.Item, "integers or text", BatchIds.CanBe)
            ?? Problem(places.Rating, "numbers", BatchNumbers.CanBeRatings)
            ?? Problem(places.Timestamp, "integers or timestamps", BatchNumbers.CanBeTimestamps);
        return problem is null ? new BatchParser(schema, places, textIds) : null;

        string? Problem(int place, string expected, Func<ArrowType, bool> allowed) => place < 0 || allowed(schema.Fields[place].Type)
            ? null
            : $"column {schema.Fields[place].Name} is {schema.Fields[place].Type}, expected {expected}";
    }

    /// <summary>Parses a batch.</summary>
    /// <param name="batch">The rows; at least the columns <see cref="Fields"/>.</param>
    /// <param name="tally">Is told of every row whether it is good.</param>
    /// <param name="rowsMax">Where to stop.</param>
    public RatingChunk Parse(RecordBatch batch, LineTally tally, long rowsMax)
    {
        var users = new BatchIds(batch[_user.Name], Space.Users);
        var items = new BatchIds(batch[_item.Name], Space.Items);
        float[] ratings = BatchNumbers.Ratings(batch[_rating.Name]);
        long[] timestamps = _timestamp is null ? [] : BatchNumbers.Timestamps(batch[_timestamp.Name]);
        Column[] columns = [.. Fields.Select(field => batch[field.Name])];
        var rows = new RatingChunk((int)Math.Min(batch.Length, rowsMax), HasTimestamps);
        for (int row = 0; row < batch.Length && rows.Count < rowsMax; row++)
        {
            int user = 0, item = 0;
            string? problem = Missing(columns, row) ?? users.TryCode(row, out user) ?? items.TryCode(row, out item)
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

    private static string? Missing(Column[] columns, int row)
    {
        foreach (Column column in columns)
        {
            if (column.NullCount > 0 && column.IsNull(row))
            {
                return $"{column.Field.Name} is missing";
            }
        }

        return null;
    }
}
