namespace AotRecTrainer.Dataset.Parsing;

/// <summary>How the lines of a text are made up.</summary>
internal sealed record TextLayout
{
    /// <summary>What is between fields: one or two bytes.</summary>
    public required byte[] Separator { get; init; }

    /// <summary>How many fields a line has.</summary>
    public required int Fields { get; init; }

    /// <summary>Which fields are which.</summary>
    public required ColumnPlaces Places { get; init; }

    /// <summary>Whether the first line names the fields.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Whether fields may be in quotes.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Whether user ids are text.</summary>
    public bool UserText { get; init; }

    /// <summary>Whether item ids are text.</summary>
    public bool ItemText { get; init; }

    /// <summary>Whether lines have a timestamp.</summary>
    public bool HasTimestamps => Places.Timestamp >= 0;

    /// <summary>Whether lines are a user, an item, a rating and perhaps a timestamp, all numbers, and nothing else.</summary>
    public bool IsPlain => !UserText && !ItemText
        && (Places == new ColumnPlaces(0, 1, 2, -1) ? Fields == 3 : Places == new ColumnPlaces(0, 1, 2, 3) && Fields == 4);

    /// <summary>A MovieLens file without a header.</summary>
    public static TextLayout WithoutHeader(string separator) => new()
    {
        Separator = System.Text.Encoding.ASCII.GetBytes(separator),
        Fields = 4,
        Places = new ColumnPlaces(0, 1, 2, 3),
    };
}
