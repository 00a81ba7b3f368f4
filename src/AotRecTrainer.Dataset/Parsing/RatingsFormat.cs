namespace AotRecTrainer.Dataset.Parsing;

/// <summary>The three forms in which MovieLens has been published; told apart by content, never by name.</summary>
public enum RatingsFormat
{
    /// <summary><c>u.data</c>: user, item, rating and timestamp separated by tabs.</summary>
    Tab,

    /// <summary><c>ratings.dat</c>: user, item, rating and timestamp separated by <c>::</c>.</summary>
    DoubleColon,

    /// <summary><c>ratings.csv</c>: a header <c>userId,movieId,rating[,timestamp]</c>, then comma-separated values.</summary>
    Csv,
}
