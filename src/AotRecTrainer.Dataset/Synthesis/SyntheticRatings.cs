namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>
/// Makes up ratings like MovieLens' from a planted model: long-tailed activity and popularity, integer stars from 1 to 5, every pair
/// once. Memory grows with users and items, not with ratings. Same options, same bytes, on every machine (<see cref="SyntheticOptions.Seed"/>).
/// </summary>
public static class SyntheticRatings
{
    private const int ProgressEvery = 1 << 16;

    // MovieLens-1M was collected from April 2000 on, over almost three years.
    private const long TimeFirst = 956_703_932;
    private const long TimeSpan = 89_000_000;
    private const int SecondsBetweenRatings = 60;

    /// <summary>Writes the ratings in the form of <c>ratings.dat</c>, sorted by user and item.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="options">What to make up.</param>
    /// <param name="ratingsWritten">Told now and then how many lines were written.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">The options cannot be met; the message has all problems.</exception>
    public static SyntheticSummary Write(
        Stream output, SyntheticOptions options, IProgress<long>? ratingsWritten = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        int[] counts = Activity.Plan(options);
        cancellationToken.ThrowIfCancellationRequested();
        var selection = new Selection(options, counts, Selection.KeptMax, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var model = new PlantedModel(options);
        var noise = new CounterRandom(options.Seed, SyntheticStream.Noise);
        var time = new CounterRandom(options.Seed, SyntheticStream.Time);
        var lines = new RatingLineWriter(output);
        double squaredError = 0;
        long stars = 0;
        int row = 0;
        int[] chosen = new int[counts.Max()];
        for (int user = 0; user < counts.Length; user++)
        {
            long timestamp = TimeFirst + time.Below(TimeSpan, (ulong)user);
            Span<int> items = chosen.AsSpan(0, counts[user]);
            selection.Choose(user, items);
            foreach (int item in items)
            {
                double prediction = model.Predict(user, item);
                int star = ToStars(prediction + (options.Noise * noise.Normal((ulong)row)));
                double residual = star - Math.Clamp(prediction, PlantedModel.RatingLow, PlantedModel.RatingHigh);
                squaredError += residual * residual;
                stars += star;
                timestamp += 1 + (item % SecondsBetweenRatings);
                lines.Write(user + 1, item + 1, star, timestamp);
                if (row % ProgressEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ratingsWritten?.Report(row);
                }

                row++;
            }
        }

        lines.Flush();
        ratingsWritten?.Report(row);
        return new SyntheticSummary(row, Math.Sqrt(squaredError / row), (double)stars / row);
    }

    private static int ToStars(double value) => (int)Math.Clamp(Math.Round(value), PlantedModel.RatingLow, PlantedModel.RatingHigh);
}
