namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Brings the rows of a range of users together and sorts each user's rows by item, keeping the last of every pair.</summary>
internal static class UserSorter
{
    // Enough users that handing them out costs nothing beside sorting them.
    private const int UsersPerTask = 256;

    /// <summary>Sorts.</summary>
    /// <param name="chunks">Rows of these users only, with ranks in place of codes, in the order of the input.</param>
    /// <param name="userFirst">The first user of the range.</param>
    /// <param name="rowsOfUser">Rows of every user of the range.</param>
    /// <param name="columns">Takes the rows; must have room for all of them.</param>
    /// <returns>Where each user's rows are; fewer than came in where pairs occurred twice.</returns>
    public static Range[] Sort(IEnumerable<RatingChunk> chunks, int userFirst, ReadOnlySpan<int> rowsOfUser, UserColumns columns)
    {
        int[] next = new int[rowsOfUser.Length];
        for (int user = 1; user < next.Length; user++)
        {
            next[user] = next[user - 1] + rowsOfUser[user - 1];
        }

        foreach (RatingChunk chunk in chunks)
        {
            Scatter(chunk, userFirst, next, columns);
        }

        // Every user's next row is now where the following user's rows begin.
        var users = new Range[next.Length];
        Parallel.For(0, (next.Length + UsersPerTask - 1) / UsersPerTask, () => new RowSorter(columns), (task, _, sorter) =>
        {
            for (int user = task * UsersPerTask, end = Math.Min(next.Length, user + UsersPerTask); user < end; user++)
            {
                int start = user == 0 ? 0 : next[user - 1];
                users[user] = start..sorter.Sort(start, next[user]);
            }

            return sorter;
        }, _ => { });
        return users;
    }

    private static void Scatter(RatingChunk chunk, int userFirst, int[] next, UserColumns columns)
    {
        ReadOnlySpan<int> users = chunk.Users.AsSpan(0, chunk.Count), items = chunk.Items.AsSpan(0, chunk.Count);
        ReadOnlySpan<float> ratings = chunk.Ratings.AsSpan(0, chunk.Count);
        long[] timestamps = chunk.Timestamps;
        for (int row = 0; row < users.Length; row++)
        {
            int place = next[users[row] - userFirst]++;
            columns.Items[place] = items[row];
            columns.Ratings[place] = ratings[row];
            if (timestamps.Length > 0)
            {
                columns.Timestamps[place] = timestamps[row];
            }
        }
    }
}
