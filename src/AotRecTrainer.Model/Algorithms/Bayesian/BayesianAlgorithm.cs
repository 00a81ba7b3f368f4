using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>
/// Bayesian matrix factorization by Gibbs sampling with Normal-Wishart priors (Salakhutdinov and Mnih 2008), biases being one more
/// dimension of the rows. Every round draws the users' prior, the users, the items' prior, the items and the noise; predictions are
/// averaged over the rounds after burn-in. Every draw is keyed by (seed, round, what, row), whoever makes it.
/// </summary>
public sealed class BayesianAlgorithm : ISampledAlgorithm
{
    private readonly BayesianOptions _options;
    private readonly int[] _userCounts;
    private readonly int[] _itemCounts;
    private readonly AveragedPredictions _averages;
    private readonly ModelParameters _sums;
    private int _round;

    /// <summary>Starts a chain.</summary>
    /// <param name="options">Burn-in, noise, seed and scale.</param>
    /// <param name="start">The starting model, taken over.</param>
    /// <param name="userCounts">Training ratings of every user.</param>
    /// <param name="itemCounts">Training ratings of every item.</param>
    /// <param name="testRatings">The held-out ratings, shard after shard in row order.</param>
    public BayesianAlgorithm(BayesianOptions options, ModelParameters start, int[] userCounts, int[] itemCounts, float[] testRatings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(userCounts);
        ArgumentNullException.ThrowIfNull(itemCounts);
        ArgumentNullException.ThrowIfNull(testRatings);
        _options = options;
        Parameters = start;
        _userCounts = userCounts;
        _itemCounts = itemCounts;
        _averages = new AveragedPredictions(testRatings, options.RatingLow, options.RatingHigh);
        _sums = new ModelParameters(start.Shape, start.GlobalMean);
        NoisePrecision = options.NoisePrecision;
    }

    /// <inheritdoc/>
    public ModelParameters Parameters { get; private set; }

    /// <summary>The mean of the samples' parameters: a single model that stands for all of them; during burn-in the latest sample.</summary>
    public ModelParameters Result => _averages.Samples == 0 ? Parameters : Mean();

    /// <inheritdoc/>
    public ModelParameters? Sample { get; private set; }

    /// <inheritdoc/>
    public double NoisePrecision { get; private set; }

    /// <inheritdoc/>
    public int RoundsPerEpoch => 1;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, float[]> State => new Dictionary<string, float[]>(StringComparer.Ordinal)
    {
        ["chain"] = [_averages.Samples, (float)NoisePrecision],
        ["predictions"] = _averages.Sums,
        ["userFactors-sum"] = _sums.UserFactors,
        ["userBiases-sum"] = _sums.UserBiases,
        ["itemFactors-sum"] = _sums.ItemFactors,
        ["itemBiases-sum"] = _sums.ItemBiases,
    };

    /// <inheritdoc/>
    public RoundTask Begin(int round, int part)
    {
        _round = round;
        GaussianPrior prior = NormalWishart.Draw(
            Parameters.UserFactors, Parameters.UserBiases, _userCounts, _options.RatingDeviation,
            new KeyedRandom(_options.Seed, DrawStream.UserPrior(round), 0));
        return new SampleTask(Parameters.WithoutUsers(), prior, (float)NoisePrecision, _options.Seed, round);
    }

    /// <inheritdoc/>
    public ErrorSums Complete(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ItemEquations.TakeUsers(sum, Parameters);
        Sample = null;
        if (_round <= _options.BurnIn) return sum.Errors;
        Sample = Parameters;
        _averages.Add(sum.TestPredictions);
        AddTo(_sums.UserFactors, Parameters.UserFactors);
        AddTo(_sums.UserBiases, Parameters.UserBiases);
        AddTo(_sums.ItemFactors, Parameters.ItemFactors);
        AddTo(_sums.ItemBiases, Parameters.ItemBiases);
        return _averages.Measure(sum.Errors);
    }

    /// <inheritdoc/>
    public void Step(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        DrawNoisePrecision(sum.Errors);
        GaussianPrior prior = NormalWishart.Draw(
            Parameters.ItemFactors, Parameters.ItemBiases, _itemCounts, _options.RatingDeviation,
            new KeyedRandom(_options.Seed, DrawStream.ItemPrior(_round), 0));
        GaussianSampler sampler = new(prior, (float)NoisePrecision, _options.Seed, DrawStream.Items(_round));
        ItemEquations.SolveItems(sum, sampler, _itemCounts, Parameters, _options.Threads);
    }

    /// <inheritdoc/>
    public void Restore(ModelParameters parameters, IReadOnlyDictionary<string, float[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach ((string name, float[] values) in State)
        {
            if (!state.TryGetValue(name, out float[]? saved) || saved.Length != values.Length)
                throw new ModelException($"the checkpoint's {name} has {saved?.Length ?? 0} values, expected {values.Length}");
            saved.CopyTo(values, 0);
        }

        Parameters = parameters;
        _averages.Samples = (int)state["chain"][0];
        NoisePrecision = state["chain"][1];
    }

    /// <summary>α given the residuals: a gamma distribution, from the prior Gamma(1, 1) in units of the ratings' deviation.</summary>
    private void DrawNoisePrecision(ErrorSums errors)
    {
        KeyedRandom random = new(_options.Seed, DrawStream.NoisePrecision(_round), 0);
        double variance = _options.RatingDeviation * _options.RatingDeviation;
        double drawn = random.NextGamma(1 + (errors.TrainRatings / 2.0)) / (variance + (errors.TrainSquared / 2));

        // To single precision here and not only on the way to workers, so that a checkpoint keeps all of it.
        NoisePrecision = (float)drawn;
    }

    private ModelParameters Mean()
    {
        ModelParameters mean = _sums.Copy();
        foreach (float[] values in (float[][])[mean.UserFactors, mean.UserBiases, mean.ItemFactors, mean.ItemBiases])
        {
            for (int i = 0; i < values.Length; i++) values[i] /= _averages.Samples;
        }

        return mean;
    }

    private static void AddTo(float[] sums, float[] values)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += values[i];
    }
}
