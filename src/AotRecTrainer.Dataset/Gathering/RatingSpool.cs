using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Chunks in order, in memory until told to move to a file.</summary>
internal sealed class RatingSpool(bool withTimestamps)
{
    private readonly List<RatingChunk> _kept = [];
    private readonly List<Spilled> _spilled = [];
    private SpillFile? _file;

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether rows are in a file.</summary>
    public bool IsSpilled => _file is not null;

    /// <summary>Adds a chunk, which becomes the spool's own as long as that is in memory.</summary>
    public void Add(RatingChunk chunk)
    {
        Count += chunk.Count;
        if (_file is null)
        {
            _kept.Add(chunk);
        }
        else
        {
            Write(chunk, _file);
        }
    }

    /// <summary>Moves all chunks, and those to come, to a file that stays the caller's.</summary>
    public void SpillTo(SpillFile file)
    {
        _file = file;
        foreach (RatingChunk chunk in _kept)
        {
            Write(chunk, file);
        }

        _kept.Clear();
    }

    /// <summary>
    /// The chunks in order. One from a file is valid until the next is asked for; one in memory may be let go of once it was returned,
    /// so that going through a spool can free it.
    /// </summary>
    public IEnumerable<RatingChunk> Drain()
    {
        for (int index = 0; index < _kept.Count; index++)
        {
            RatingChunk chunk = _kept[index];
            _kept[index] = null!;
            yield return chunk;
        }

        _kept.Clear();
        RatingChunk? read = null;
        foreach (Spilled chunk in _spilled)
        {
            if (read is null || read.Users.Length < chunk.Rows)
            {
                read = new RatingChunk(chunk.Rows, withTimestamps);
            }

            Read(chunk, read);
            yield return read;
        }
    }

    private void Write(RatingChunk chunk, SpillFile file)
    {
        int rows = chunk.Count;
        _spilled.Add(new Spilled(
            chunk.Space, rows, file.Append<int>(chunk.Users.AsSpan(0, rows)), file.Append<int>(chunk.Items.AsSpan(0, rows)),
            file.Append<float>(chunk.Ratings.AsSpan(0, rows)), withTimestamps ? file.Append<long>(chunk.Timestamps.AsSpan(0, rows)) : 0));
    }

    private void Read(Spilled chunk, RatingChunk into)
    {
        (into.Space, into.Count) = (chunk.Space, chunk.Rows);
        _file!.Read(chunk.Users, into.Users.AsSpan(0, chunk.Rows));
        _file.Read(chunk.Items, into.Items.AsSpan(0, chunk.Rows));
        _file.Read(chunk.Ratings, into.Ratings.AsSpan(0, chunk.Rows));
        if (withTimestamps)
        {
            _file.Read(chunk.Timestamps, into.Timestamps.AsSpan(0, chunk.Rows));
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Spilled(int Space, int Rows, long Users, long Items, long Ratings, long Timestamps);
}
