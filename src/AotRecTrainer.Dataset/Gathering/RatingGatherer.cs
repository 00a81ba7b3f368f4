namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Takes rows in the order of the input and turns them into a table.</summary>
/// <param name="withTimestamps">Whether rows have a timestamp.</param>
/// <param name="rowsInMemory">With more rows than this, they go to temporary files.</param>
/// <param name="folder">Where temporary files go; null for the system's folder.</param>
internal sealed class RatingGatherer(bool withTimestamps, int rowsInMemory, string? folder) : IDisposable
{
    private readonly List<IdSpace> _spaces = [];
    private readonly RatingSpool _spool = new(withTimestamps);
    private SpillFile? _file;

    /// <summary>Rows so far.</summary>
    public long Count => _spool.Count;

    /// <summary>Makes a space for one parser; chunks name it by its number, counted from 0.</summary>
    public int AddSpace(IdSpace space)
    {
        _spaces.Add(space);
        return _spaces.Count - 1;
    }

    /// <summary>Adds rows; the chunk becomes the gatherer's own.</summary>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void Add(RatingChunk chunk)
    {
        _spaces[chunk.Space].Count(chunk);
        _spool.Add(chunk);
        if (_file is null && _spool.Count > rowsInMemory)
        {
            _file = new SpillFile(folder);
            _spool.SpillTo(_file);
        }
    }

    /// <summary>Sorts, drops all but the last of every pair, and returns the table; the gatherer is used up.</summary>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops the sorting.</param>
    /// <exception cref="IOException">A temporary file cannot be written or read.</exception>
    public RatingTable Build(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        IdRanks users = IdRanks.OfUsers(_spaces), items = IdRanks.OfItems(_spaces);
        IEnumerable<RatingChunk> ranked = Ranked(users, items, cancellationToken);
        if (_file is not null)
        {
            var partitions = new PartitionedRatings(users.Rows, rowsInMemory / 2, withTimestamps, folder);
            SpillFile sorted = partitions.Sort(ranked, _spool.Count, progress, cancellationToken, out long[] starts, out int[] rows);
            return new RatingTable(
                users.Ids, items.Ids, new FileRatings(sorted, starts, rows, withTimestamps), rows.Sum(count => (long)count),
                _spool.Count - rows.Sum(count => (long)count), withTimestamps, sorted);
        }

        var columns = new UserColumns((int)_spool.Count, withTimestamps);
        Range[] ranges = UserSorter.Sort(ranked, 0, users.Rows, columns);
        long kept = ranges.Sum(range => (long)range.End.Value - range.Start.Value);
        return new RatingTable(
            users.Ids, items.Ids, new MemoryRatings(ranges, columns), kept, columns.Items.Length - kept, withTimestamps);
    }

    /// <summary>Gives temporary files back.</summary>
    public void Dispose() => _file?.Dispose();

    // The chunks of the spool, with ranks in place of codes.
    private IEnumerable<RatingChunk> Ranked(IdRanks users, IdRanks items, CancellationToken cancellationToken)
    {
        foreach (RatingChunk chunk in _spool.Drain())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Rank(chunk.Users.AsSpan(0, chunk.Count), users.RankOfCode[chunk.Space]);
            Rank(chunk.Items.AsSpan(0, chunk.Count), items.RankOfCode[chunk.Space]);
            yield return chunk;
        }

        // What was read is elsewhere by now, and its space may be needed.
        _file?.Dispose();
    }

    private static void Rank(Span<int> codes, int[] rankOfCode)
    {
        foreach (ref int code in codes)
        {
            code = rankOfCode[code];
        }
    }
}
