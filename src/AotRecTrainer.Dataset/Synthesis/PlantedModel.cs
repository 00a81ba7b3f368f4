namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>The model that the stars are drawn from: <c>mu + b_u + b_i + p_u . q_i</c> with known deviations, in stars.</summary>
internal sealed class PlantedModel
{
    public const double RatingLow = 1;
    public const double RatingHigh = 5;

    // Close to what a fit to MovieLens-1M finds.
    private const double Mean = 3.58;
    private const double UserDeviation = 0.43;
    private const double ItemDeviation = 0.5;
    private const double InteractionDeviation = 0.45;
    private readonly double[] _userBiases;
    private readonly double[] _itemBiases;
    private readonly double[] _userFactors;
    private readonly double[] _itemFactors;
    private readonly int _factors;

    public PlantedModel(SyntheticOptions options)
    {
        _factors = options.Factors;

        // A product of two factors has the deviation scale^2, and k of them add up to scale^2 * sqrt(k).
        double scale = _factors == 0 ? 0 : Math.Sqrt(InteractionDeviation / Math.Sqrt(_factors));
        _userBiases = Draw(options.Seed, SyntheticStream.UserBias, options.Users, UserDeviation);
        _itemBiases = Draw(options.Seed, SyntheticStream.ItemBias, options.Items, ItemDeviation);
        _userFactors = Draw(options.Seed, SyntheticStream.UserFactor, checked(options.Users * _factors), scale);
        _itemFactors = Draw(options.Seed, SyntheticStream.ItemFactor, checked(options.Items * _factors), scale);
    }

    /// <summary>The rating without noise, not clipped to the scale.</summary>
    public double Predict(int user, int item)
    {
        ReadOnlySpan<double> own = _userFactors.AsSpan(user * _factors, _factors);
        ReadOnlySpan<double> other = _itemFactors.AsSpan(item * _factors, _factors);
        double sum = Mean + _userBiases[user] + _itemBiases[item];
        for (int factor = 0; factor < own.Length; factor++)
        {
            sum += own[factor] * other[factor];
        }

        return sum;
    }

    private static double[] Draw(long seed, uint stream, int count, double deviation)
    {
        var random = new CounterRandom(seed, stream);
        double[] values = new double[count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = deviation * random.Normal((ulong)index);
        }

        return values;
    }
}
