using System.CommandLine;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>The options of <c>data-prep shard</c>.</summary>
internal sealed class ShardOptions
{
    private static readonly DatasetWriterOptions s_writing = new();

    private readonly Option<string> _input = new("--input")
    {
        Description = "Ratings: u.data, ratings.dat, ratings.csv, text with a header or Parquet, told apart by content; plain, .gz or .zip; "
            + "a file, or a folder with one; a path, file:///path or s3://bucket/key",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Where the data set goes: s3://bucket/prefix, file:///dir or a directory",
        HelpName = "URI",
        Required = true,
    };

    private readonly Option<int> _shards = new("--shards")
    {
        Description = "Number of shards; with fewer users, one shard per user",
        HelpName = "N",
        DefaultValueFactory = _ => s_writing.Shards,
    };

    private readonly Option<string[]> _split = new("--split")
    {
        Description = $"What is held out for testing: {SplitWords.Help} (seconds since 1970 or a date); N is 1 when left out",
        HelpName = "RULE",
        Arity = new ArgumentArity(1, 2),
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["random"],
    };

    private readonly Option<double> _holdout = new("--holdout")
    {
        Description = "Share of ratings that a random split holds out, from 0 to less than 1",
        HelpName = "SHARE",
        DefaultValueFactory = _ => s_writing.Holdout,
    };

    private readonly Option<long> _seed = new("--seed")
    {
        Description = "Seed of a random split",
        HelpName = "N",
        DefaultValueFactory = _ => s_writing.Seed,
    };

    private readonly Option<long> _maxRatings = new("--max-ratings")
    {
        Description = "Read no more than the first N ratings",
        HelpName = "N",
        DefaultValueFactory = _ => long.MaxValue,
    };

    private readonly Option<string?> _user = Column("--user-column", "user ids");
    private readonly Option<string?> _item = Column("--item-column", "item ids");
    private readonly Option<string?> _rating = Column("--rating-column", "ratings");
    private readonly Option<string?> _timestamp = Column("--timestamp-column", "timestamps");

    private readonly Option<bool> _stringIds = new("--string-ids")
    {
        Description = "Take ids for text, also where the first of them is an integer",
    };

    private readonly Option<int> _memory = new("--memory")
    {
        Description = "Megabytes for ratings in memory; more of them are sorted in temporary files (TMPDIR says where)",
        HelpName = "MB",
        DefaultValueFactory = _ => RatingsReaderOptions.MemoryMegabytes,
    };

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _input, _output, _shards, _split, _holdout, _seed, _maxRatings, _user, _item, _rating, _timestamp, _stringIds, _memory,
    ];

    public string Input(ParseResult parsed) => parsed.GetRequiredValue(_input);

    public string Output(ParseResult parsed) => parsed.GetRequiredValue(_output);

    /// <summary>How to read.</summary>
    /// <exception cref="InputException">It cannot be.</exception>
    public RatingsReaderOptions Reading(ParseResult parsed)
    {
        int memory = parsed.GetValue(_memory);
        var options = new RatingsReaderOptions
        {
            Columns = new ColumnNames
            {
                User = parsed.GetValue(_user),
                Item = parsed.GetValue(_item),
                Rating = parsed.GetValue(_rating),
                Timestamp = parsed.GetValue(_timestamp),
            },
            TextIds = parsed.GetValue(_stringIds),
            RatingsMax = parsed.GetValue(_maxRatings),
        };
        return Checked(options.WithMemory(memory), options.Problems());
    }

    /// <summary>How to write.</summary>
    /// <exception cref="InputException">It cannot be.</exception>
    public DatasetWriterOptions Writing(ParseResult parsed)
    {
        DatasetWriterOptions options = SplitWords.Apply(parsed.GetRequiredValue(_split), new DatasetWriterOptions
        {
            Shards = parsed.GetValue(_shards),
            Holdout = parsed.GetValue(_holdout),
            Seed = parsed.GetValue(_seed),
        });
        return Checked(options, options.Problems());
    }

    private static T Checked<T>(T options, IReadOnlyList<string> problems) =>
        problems.Count == 0 ? options : throw new InputException(string.Join("; ", problems));

    private static Option<string?> Column(string name, string holds) =>
        new(name) { Description = $"The column of {holds}, where the input names its columns", HelpName = "NAME" };
}
