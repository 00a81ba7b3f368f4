namespace AotRecTrainer.Dataset.Parsing;

/// <summary>The first bad line of a file and the number of them all.</summary>
internal sealed class BadLines(string file)
{
    private long _firstLine;
    private string _firstProblem = "";
    private long _count;

    /// <summary>Notes a bad line. Lines come in ascending order.</summary>
    public void Add(long line, string problem)
    {
        if (_count++ == 0)
        {
            (_firstLine, _firstProblem) = (line, problem);
        }
    }

    /// <summary>Throws when there was any.</summary>
    public void ThrowIfAny()
    {
        if (_count > 0)
        {
            throw new RatingsFormatException(file, _firstLine, _firstProblem, _count);
        }
    }
}
