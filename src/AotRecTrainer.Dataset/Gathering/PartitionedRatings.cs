using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Gathering;

/// <summary>
/// Sorts more ratings than fit into memory: users are divided into ranges that do fit, rows are dealt out to the ranges in one pass,
/// and then one range after the other is sorted. Every row is written twice and read twice.
/// </summary>
internal sealed class PartitionedRatings
{
    // With hundreds of partitions their buffers together stay below 100 MB.
    private const int BufferRows = 1 << 14;
    private const int BlockBytes = 1 << 20;
    private readonly int[] _rowsOfUser;
    private readonly int[] _userFirst;
    private readonly int[] _partitionOfUser;
    private readonly bool _withTimestamps;
    private readonly string? _folder;

    /// <summary>Divides the users.</summary>
    /// <param name="rowsOfUser">Rows of every user.</param>
    /// <param name="rowsMax">The most rows of a partition; one user with more is a partition all the same.</param>
    /// <param name="withTimestamps">Whether rows have a timestamp.</param>
    /// <param name="folder">Where temporary files go; null for the system's folder.</param>
    public PartitionedRatings(int[] rowsOfUser, int rowsMax, bool withTimestamps, string? folder)
    {
        (_rowsOfUser, _withTimestamps, _folder) = (rowsOfUser, withTimestamps, folder);
        _partitionOfUser = new int[rowsOfUser.Length];
        var firsts = new List<int> { 0 };
        long rows = 0;
        for (int user = 0; user < rowsOfUser.Length; user++)
        {
            if (rows > 0 && rows + rowsOfUser[user] > rowsMax)
            {
                firsts.Add(user);
                rows = 0;
            }

            rows += rowsOfUser[user];
            _partitionOfUser[user] = firsts.Count - 1;
        }

        _userFirst = [.. firsts, rowsOfUser.Length];
    }

    private int Partitions => _userFirst.Length - 1;

    /// <summary>Sorts.</summary>
    /// <param name="chunks">All rows, with ranks in place of codes, in the order of the input.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops the sorting.</param>
    /// <param name="starts">Where each user's rows start in the result.</param>
    /// <param name="rows">How many rows of each user are left.</param>
    /// <returns>A file as <see cref="FileRatings"/> reads it, which the caller disposes.</returns>
    public SpillFile Sort(
        IEnumerable<RatingChunk> chunks, long count, IProgress<double>? progress, CancellationToken cancellationToken,
        out long[] starts, out int[] rows)
    {
        using var dealt = new SpillFile(_folder);
        RatingSpool[] partitions = Deal(chunks, dealt, done => progress?.Report(0.5 * done / count));
        var sorted = new SpillFile(_folder);
        try
        {
            var columns = new UserColumns(checked((int)partitions.Max(partition => partition.Count)), _withTimestamps);
            (starts, rows) = (new long[_rowsOfUser.Length], new int[_rowsOfUser.Length]);
            long done = 0;
            for (int partition = 0; partition < Partitions; partition++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int first = _userFirst[partition], users = _userFirst[partition + 1] - first;
                Range[] ranges = UserSorter.Sort(partitions[partition].Drain(), first, _rowsOfUser.AsSpan(first, users), columns);
                Write(columns, ranges, sorted, starts.AsSpan(first, users), rows.AsSpan(first, users));
                done += partitions[partition].Count;
                progress?.Report(0.5 + (0.5 * done / count));
            }

            return sorted;
        }
        catch
        {
            sorted.Dispose();
            throw;
        }
    }

    private RatingSpool[] Deal(IEnumerable<RatingChunk> chunks, SpillFile file, Action<long> progress)
    {
        var partitions = new RatingSpool[Partitions];
        var buffers = new RatingChunk[Partitions];
        for (int partition = 0; partition < partitions.Length; partition++)
        {
            partitions[partition] = new RatingSpool(_withTimestamps);
            partitions[partition].SpillTo(file);
            buffers[partition] = new RatingChunk(BufferRows, _withTimestamps);
        }

        long done = 0;
        foreach (RatingChunk chunk in chunks)
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                int user = chunk.Users[row], partition = _partitionOfUser[user];
                RatingChunk buffer = buffers[partition];
                buffer.Add(user, chunk.Items[row], chunk.Ratings[row], _withTimestamps ? chunk.Timestamps[row] : 0);
                if (buffer.Count == BufferRows)
                {
                    partitions[partition].Add(buffer);
                    buffer.Count = 0;
                }
            }

            progress(done += chunk.Count);
        }

        for (int partition = 0; partition < partitions.Length; partition++)
        {
            partitions[partition].Add(buffers[partition]);
        }

        return partitions;
    }

    private static void Write(UserColumns columns, Range[] ranges, SpillFile file, Span<long> starts, Span<int> rows)
    {
        var block = new List<byte>(BlockBytes + (BlockBytes / 4));
        for (int user = 0; user < ranges.Length; user++)
        {
            UserRatings ratings = columns[ranges[user]];
            starts[user] = file.Length + block.Count;
            rows[user] = ratings.Count;
            block.AddRange(MemoryMarshal.AsBytes(ratings.Items));
            block.AddRange(MemoryMarshal.AsBytes(ratings.Ratings));
            block.AddRange(MemoryMarshal.AsBytes(ratings.Timestamps));
            if (block.Count >= BlockBytes)
            {
                Flush(block, file);
            }
        }

        Flush(block, file);
    }

    private static void Flush(List<byte> block, SpillFile file)
    {
        file.Append<byte>(CollectionsMarshal.AsSpan(block));
        block.Clear();
    }
}
