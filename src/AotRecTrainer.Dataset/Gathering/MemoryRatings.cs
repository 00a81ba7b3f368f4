namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Ratings in memory: <paramref name="users"/> says where each user's rows are in the columns.</summary>
internal sealed class MemoryRatings(Range[] users, UserColumns columns) : SortedRatings
{
    public override RatingCursor Open() => new Cursor(users, columns);

    private sealed class Cursor(Range[] users, UserColumns columns) : RatingCursor
    {
        public override UserRatings Read(int user) => columns[users[user]];
    }
}
