using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>What was in a segment.</summary>
internal sealed class ParsedSegment(RatingChunk rows)
{
    /// <summary>The good rows.</summary>
    public RatingChunk Rows { get; } = rows;

    /// <summary>All lines and what is wrong with some of them.</summary>
    public LineTally Lines { get; } = new();
}
