namespace AotRecTrainer.Dataset.Parsing;

/// <summary>A file of ratings or titles is not as it should be; the message names the file, the first bad line and their number.</summary>
public sealed class RatingsFormatException : Exception
{
    /// <summary>Creates the exception for a file as a whole, for example an empty one.</summary>
    public RatingsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception for bad lines.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="line">Number of the first bad line, from 1.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="badLines">How many lines are bad in all, at least 1.</param>
    /// <param name="unit">What is counted: lines, or the rows of a file without lines.</param>
    public RatingsFormatException(string file, long line, string problem, long badLines, string unit = "line")
        : base($"{file} {unit} {line}: {problem}; {badLines} bad {unit}{(badLines == 1 ? "" : "s")} in all, nothing was written")
    {
        Line = line;
        BadLines = badLines;
    }

    /// <summary>Number of the first bad line, from 1; 0 when the file as a whole is wrong.</summary>
    public long Line { get; }

    /// <summary>How many lines are bad.</summary>
    public long BadLines { get; }
}
