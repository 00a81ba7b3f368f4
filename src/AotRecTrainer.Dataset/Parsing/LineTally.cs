namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Counts lines and bad lines and remembers the first bad one. Empty lines at the end of a file do no harm; before other lines they are
/// bad ones, so it takes the following line to judge them.
/// </summary>
internal sealed class LineTally
{
    private const string Empty = "the line is empty";
    private long _emptyAtEnd;
    private long _firstBad;
    private string? _firstProblem;
    private long _bad;

    /// <summary>Number of lines.</summary>
    public long Count { get; private set; }

    /// <summary>Notes a line without fault.</summary>
    public void AddGood() => AddGood(1);

    /// <summary>Notes lines without fault; none change nothing.</summary>
    public void AddGood(int count)
    {
        if (_emptyAtEnd > 0 && count > 0)
        {
            JudgeEmpty();
        }

        Count += count;
    }

    /// <summary>Notes a line without anything in it.</summary>
    public void AddEmpty()
    {
        _emptyAtEnd++;
        Count++;
    }

    /// <summary>Notes a line that is wrong.</summary>
    public void AddBad(string problem)
    {
        AddGood();
        AddBad(Count, problem, count: 1);
    }

    /// <summary>Adds the lines that follow these.</summary>
    public void Add(LineTally following)
    {
        if (following.Count > following._emptyAtEnd)
        {
            JudgeEmpty();
        }

        if (following._firstProblem is not null)
        {
            AddBad(Count + following._firstBad, following._firstProblem, following._bad);
        }

        _emptyAtEnd += following._emptyAtEnd;
        Count += following.Count;
    }

    /// <summary>Throws when there was a bad line.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="RatingsFormatException">Names the first bad line and their number.</exception>
    public void ThrowIfBad(string file, string unit = "line")
    {
        if (_firstProblem is not null)
        {
            throw new RatingsFormatException(file, _firstBad, _firstProblem, _bad, unit);
        }
    }

    private void JudgeEmpty()
    {
        if (_emptyAtEnd > 0)
        {
            AddBad(Count - _emptyAtEnd + 1, Empty, _emptyAtEnd);
            _emptyAtEnd = 0;
        }
    }

    private void AddBad(long line, string problem, long count)
    {
        if (_firstProblem is null)
        {
            (_firstBad, _firstProblem) = (line, problem);
        }

        _bad += count;
    }
}
