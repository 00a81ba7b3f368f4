using System.Runtime.InteropServices;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Reads a text of ratings with several threads; rows come out in the order of the lines whatever the number of threads.</summary>
internal sealed class TextRatings
{
    private readonly string _name;
    private readonly TextLayout _layout;
    private readonly RatingGatherer _rows;
    private readonly long _rowsMax;
    private readonly int _parsingMax;
    private readonly LineTally _lines = new();
    private readonly Queue<Work> _parsing = new();
    private readonly Stack<SegmentParser> _idleParsers = new();
    private readonly Stack<byte[]> _freeBuffers = new();

    private TextRatings(string name, TextLayout layout, RatingsReaderOptions options, RatingGatherer rows)
    {
        (_name, _layout, _rows, _rowsMax) = (name, layout, rows, options.RatingsMax);

        // One more than threads, so that none waits for the next segment. Under a limit segments go one by one: what comes behind the
        // limit is not looked at.
        _parsingMax = _rowsMax == long.MaxValue && options.Threads > 1 ? options.Threads + 1 : 1;
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="input">The text; left open.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows, at least one; the caller disposes them.</returns>
    /// <exception cref="RatingsFormatException">The text is empty or has bad lines.</exception>
    public static RatingGatherer Read(Stream input, string name, RatingsReaderOptions options, CancellationToken cancellationToken)
    {
        var segments = new SegmentReader(input, cancellationToken);
        ArraySegment<byte> first = segments.Next();
        if (first.Count == 0)
        {
            throw new RatingsFormatException($"{name} is empty, expected {LayoutDetector.Expected}");
        }

        TextLayout layout = LayoutDetector.Detect(first, options.Columns, options.TextIds, out string? problem)
            ?? throw new RatingsFormatException(name, 1, problem!, 1);
        var rows = new RatingGatherer(layout.HasTimestamps, options.RowsInMemory, options.TemporaryFolder);
        try
        {
            new TextRatings(name, layout, options, rows).Read(segments, first);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private void Read(SegmentReader segments, ArraySegment<byte> segment)
    {
        if (_layout.HasHeader)
        {
            int at = 0;
            LineReader.LineAt(segment, ref at);
            segment = segment[at..];
            _lines.AddGood();
        }

        do
        {
            Start(segment);
            while (_parsing.Count >= _parsingMax)
            {
                Take();
            }

            segment = _rows.Count < _rowsMax ? segments.Next(_freeBuffers.TryPop(out byte[]? free) ? free : null) : default;
        }
        while (segment.Count > 0);
        while (_parsing.Count > 0)
        {
            Take();
        }

        _lines.ThrowIfBad(_name);
        if (_rows.Count == 0)
        {
            throw new RatingsFormatException($"{_name} has no ratings, only a header or empty lines");
        }
    }

    private void Start(ArraySegment<byte> segment)
    {
        if (!_idleParsers.TryPop(out SegmentParser? parser))
        {
            var space = new IdSpace(_layout.UserText, _layout.ItemText);
            parser = new SegmentParser(_layout, space, _rows.AddSpace(space));
        }

        long rowsMax = _rowsMax - _rows.Count;
        _parsing.Enqueue(new Work(Task.Run(() => parser.Parse(segment, rowsMax)), parser, segment.Array!));
    }

    private void Take()
    {
        Work work = _parsing.Dequeue();
        ParsedSegment parsed = work.Task.GetAwaiter().GetResult();
        _idleParsers.Push(work.Parser);
        _freeBuffers.Push(work.Buffer);
        _lines.Add(parsed.Lines);
        _rows.Add(parsed.Rows);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Work(Task<ParsedSegment> Task, SegmentParser Parser, byte[] Buffer);
}
