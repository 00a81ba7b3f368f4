using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset;

/// <summary>Everything about a data set that is decided before its first byte is written: the split, and who is in which shard.</summary>
internal sealed class DatasetLayout
{
    public DatasetLayout(RatingTable ratings, DatasetWriterOptions options)
    {
        Table = ratings;
        UserFirstRow = new int[ratings.UserIds.Length + 1];
        IsTest = new bool[ratings.Count];
        TrainOfUser = new int[ratings.UserIds.Length];
        TrainOfItem = new int[ratings.ItemIds.Length];
        var split = new RatingSplit(options.Holdout, options.Seed);
        double sum = 0;
        (RatingLow, RatingHigh) = (ratings.Ratings[0], ratings.Ratings[0]);
        for (int row = 0; row < IsTest.Length; row++)
        {
            int user = ratings.Users[row], item = ratings.Items[row];
            float rating = ratings.Ratings[row];
            UserFirstRow[user + 1] = row + 1;
            RatingLow = Math.Min(RatingLow, rating);
            RatingHigh = Math.Max(RatingHigh, rating);
            if (IsTest[row] = split.IsTest(ratings.UserIds[user], ratings.ItemIds[item]))
            {
                continue;
            }

            TrainOfUser[user]++;
            TrainOfItem[item]++;
            TrainRatings++;
            sum += rating;
        }

        if (TrainRatings == 0)
        {
            throw new RatingsFormatException(
                $"none of the {ratings.Count} ratings is left to train on with a holdout of {options.Holdout}; use a smaller one");
        }

        // The sum is rounded; a mean of equal ratings must not leave the scale for that.
        GlobalMean = Math.Clamp(sum / TrainRatings, RatingLow, RatingHigh);
        RatingDeviation = Deviation();
        Plan = ShardPlan.Create(TrainOfUser, options.Shards);
    }

    public RatingTable Table { get; }

    /// <summary>First row of every user of the table, and behind the last the number of rows.</summary>
    public int[] UserFirstRow { get; }

    public bool[] IsTest { get; }

    public int[] TrainOfUser { get; }

    public int[] TrainOfItem { get; }

    public int TrainRatings { get; }

    public double GlobalMean { get; }

    /// <summary>Standard deviation of the train ratings around <see cref="GlobalMean"/>.</summary>
    public double RatingDeviation { get; }

    public float RatingLow { get; }

    public float RatingHigh { get; }

    public ShardPlan Plan { get; }

    private double Deviation()
    {
        double squares = 0;
        for (int row = 0; row < IsTest.Length; row++)
        {
            double residual = Table.Ratings[row] - GlobalMean;
            squares += IsTest[row] ? 0 : residual * residual;
        }

        return Math.Sqrt(squares / TrainRatings);
    }
}
