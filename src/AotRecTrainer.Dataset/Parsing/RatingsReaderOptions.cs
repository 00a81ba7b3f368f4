namespace AotRecTrainer.Dataset.Parsing;

/// <summary>How ratings are read.</summary>
public sealed record RatingsReaderOptions
{
    /// <summary>What ratings in memory take by default, in megabytes.</summary>
    public const int MemoryMegabytes = 400;

    // A row is at most in two places at a time: 20 bytes as it was read, 16 among its user's.
    private const int RowBytes = 36;

    /// <summary>What the columns are called, where the input names them.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>Whether ids are text even where they look like integers.</summary>
    public bool TextIds { get; init; }

    /// <summary>No more than this many ratings are read, the first of the input; at least 1.</summary>
    public long RatingsMax { get; init; } = long.MaxValue;

    /// <summary>With more ratings than this, they are sorted on disk; at least 1.</summary>
    public int RowsInMemory { get; init; } = RowsOf(MemoryMegabytes);

    /// <summary>Where temporary files go; null for the system's folder.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>How many threads parse; at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>These options with room for as many rows as take some megabytes.</summary>
    /// <param name="megabytes">The megabytes; fewer than 1 make room for one row.</param>
    public RatingsReaderOptions WithMemory(int megabytes) => this with { RowsInMemory = RowsOf(megabytes) };

    /// <summary>All that is wrong with the options; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (RatingsMax < 1)
        {
            problems.Add($"max-ratings is {RatingsMax}, expected at least 1");
        }

        if (RowsInMemory < 1 || Threads < 1)
        {
            problems.Add($"{RowsInMemory} rows in memory and {Threads} threads, expected at least 1 of each");
        }

        return problems;
    }

    private static int RowsOf(int megabytes) => (int)Math.Clamp(megabytes * 1_000_000L / RowBytes, 1, Array.MaxLength / 2);
}
