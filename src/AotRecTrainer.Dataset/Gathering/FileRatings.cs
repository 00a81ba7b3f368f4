namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Ratings in a file, user by user: the items, then the ratings, then the timestamps of the user.</summary>
/// <param name="file">The file; stays the caller's.</param>
/// <param name="starts">Where each user's rows start in the file.</param>
/// <param name="rows">How many rows each user has.</param>
/// <param name="withTimestamps">Whether rows have a timestamp.</param>
internal sealed class FileRatings(SpillFile file, long[] starts, int[] rows, bool withTimestamps) : SortedRatings
{
    public override RatingCursor Open() => new Cursor(file, starts, rows, withTimestamps);

    private sealed class Cursor(SpillFile file, long[] starts, int[] rows, bool withTimestamps) : RatingCursor
    {
        private UserColumns _columns = new(0, withTimestamps);

        public override UserRatings Read(int user)
        {
            int count = rows[user];
            if (count > _columns.Items.Length)
            {
                _columns = new UserColumns(Math.Max(count, 2 * _columns.Items.Length), withTimestamps);
            }

            long next = file.Read(starts[user], _columns.Items.AsSpan(0, count));
            next = file.Read(next, _columns.Ratings.AsSpan(0, count));
            if (withTimestamps)
            {
                file.Read(next, _columns.Timestamps.AsSpan(0, count));
            }

            return _columns[..count];
        }
    }
}
