namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>
/// The model that the stars are drawn from: <c>mu + b_u + b_i + p_u . q_i</c> with known deviations, in stars. It holds the items and one
/// user, the one asked for last. For one thread at a time.
/// </summary>
internal sealed class PlantedModel
{
    public const double RatingLow = 1;
    public const double RatingHigh = 5;

    // Close to what a fit to MovieLens-1M finds.
    private const double Mean = 3.58;
    private const double UserDeviation = 0.43;
    private const double ItemDeviation = 0.5;
    private const double InteractionDeviation = 0.45;
    private readonly CounterRandom _userBiases;
    private readonly CounterRandom _userFactors;
    private readonly double[] _itemBiases;
    private readonly double[] _itemFactors;
    private readonly double[] _factorsOfUser;
    private readonly double _scale;
    private readonly int _factors;
    private double _biasOfUser;
    private int _user = -1;

    public PlantedModel(SyntheticOptions options)
    {
        _factors = options.Factors;

        // A product of two factors has the deviation scale^2, and k of them add up to scale^2 * sqrt(k).
        _scale = _factors == 0 ? 0 : Math.Sqrt(InteractionDeviation / Math.Sqrt(_factors));
        _userBiases = new CounterRandom(options.Seed, SyntheticStream.UserBias);
        _userFactors = new CounterRandom(options.Seed, SyntheticStream.UserFactor);
        _factorsOfUser = new double[_factors];
        _itemBiases = Draw(options.Seed, SyntheticStream.ItemBias, options.Items, ItemDeviation);
        _itemFactors = Draw(options.Seed, SyntheticStream.ItemFactor, checked(options.Items * _factors), _scale);
    }

    /// <summary>The rating without noise, not clipped to the scale.</summary>
    public double Predict(int user, int item)
    {
        if (user != _user)
        {
            Turn(user);
        }

        ReadOnlySpan<double> own = _factorsOfUser;
        ReadOnlySpan<double> other = _itemFactors.AsSpan(item * _factors, _factors);
        double sum = Mean + _biasOfUser + _itemBiases[item];
        for (int factor = 0; factor < own.Length; factor++)
        {
            sum += own[factor] * other[factor];
        }

        return sum;
    }

    private void Turn(int user)
    {
        _user = user;
        _biasOfUser = UserDeviation * _userBiases.Normal((ulong)user);
        for (int factor = 0; factor < _factors; factor++)
        {
            _factorsOfUser[factor] = _scale * _userFactors.Normal(((ulong)user * (ulong)_factors) + (ulong)factor);
        }
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
