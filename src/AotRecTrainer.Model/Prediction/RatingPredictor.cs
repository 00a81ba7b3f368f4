using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Prediction;

/// <summary>
/// Predicts ratings with a model, or with the samples of one: the average of µ + b_u + b_i + p_u · q_i over the samples, clipped to
/// the scale. An unknown user or item (index −1) counts with zero bias and factors, so that what is known of the other side and the
/// mean remain. Safe for concurrent use.
/// </summary>
public sealed class RatingPredictor
{
    private readonly ModelParameters[] _samples;
    private readonly double _noiseVariance;
    private readonly float _low;
    private readonly float _high;

    /// <summary>Takes the samples over.</summary>
    /// <param name="samples">At least one model, all of the same shape.</param>
    /// <param name="noisePrecision">α, one over the variance of a rating around its prediction; null when it was not estimated.</param>
    /// <param name="low">Least rating of the scale.</param>
    /// <param name="high">Greatest rating of the scale.</param>
    /// <exception cref="ArgumentException">There is no sample, or they differ in shape.</exception>
    public RatingPredictor(IReadOnlyList<ModelParameters> samples, double? noisePrecision, float low, float high)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0) throw new ArgumentException("no samples, expected at least one", nameof(samples));
        if (samples.Any(sample => sample.Shape != samples[0].Shape))
            throw new ArgumentException($"samples of several shapes, expected {samples[0].Shape}", nameof(samples));
        _samples = [.. samples];
        _noiseVariance = noisePrecision is { } precision ? 1 / precision : samples.Count > 1 ? 0 : double.NaN;
        _low = low;
        _high = high;
    }

    /// <summary>The models that predictions are averaged over.</summary>
    public IReadOnlyList<ModelParameters> Samples => _samples;

    /// <summary>Sizes of the model.</summary>
    public ModelShape Shape => _samples[0].Shape;

    /// <summary>Predicts one rating; never NaN.</summary>
    /// <param name="user">Index of the user, −1 for one that the model does not know.</param>
    /// <param name="item">Index of the item, −1 for one that the model does not know.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is below −1 or past the last row.</exception>
    public PredictedRating Predict(int user, int item)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(user, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(user, Shape.Users);
        ArgumentOutOfRangeException.ThrowIfLessThan(item, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Shape.Items);
        double sum = 0, squares = 0;
        foreach (ModelParameters sample in _samples)
        {
            double prediction = Predict(sample, user, item);
            sum += prediction;
            squares += prediction * prediction;
        }

        double mean = sum / _samples.Length;
        double spread = Math.Max((squares / _samples.Length) - (mean * mean), 0);
        return new PredictedRating(Math.Clamp((float)mean, _low, _high), (float)Math.Sqrt(spread + _noiseVariance));
    }

    /// <summary>
    /// Predicts every item for one user, unclipped: clipping would make the best items equal. The mean over the samples, as
    /// <see cref="Predict(int, int)"/>.
    /// </summary>
    /// <param name="user">Index of the user, −1 for one that the model does not know.</param>
    /// <param name="scores">One per item, overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is below −1 or past the last row.</exception>
    /// <exception cref="ArgumentException">There are not as many scores as items.</exception>
    public void ScoreItems(int user, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(user, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(user, Shape.Users);
        ScoreItems(RowsOf(user), scores);
    }

    /// <summary>As <see cref="ScoreItems(int, Span{float})"/> for a user who is not in the model.</summary>
    /// <param name="user">The user's row in every sample, in their order, from <see cref="FoldIn"/>.</param>
    /// <param name="scores">One per item, overwritten.</param>
    /// <exception cref="ArgumentException">There are not as many rows as samples, or scores as items.</exception>
    public void ScoreItems(IReadOnlyList<UserRow> user, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Count != _samples.Length)
            throw new ArgumentException($"{user.Count} rows, expected one for each of {_samples.Length} samples", nameof(user));
        scores.Clear();
        for (int i = 0; i < _samples.Length; i++)
        {
            ModelParameters sample = _samples[i];
            PredictionKernel.AddScores(
                sample.GlobalMean + user[i].Bias, user[i].Factors.Span, sample.ItemFactors, sample.ItemBiases, scores);
        }

        if (_samples.Length == 1) return;
        foreach (ref float score in scores) score /= _samples.Length;
    }

    /// <summary>A user's row in every sample; zeros for a user that the model does not know.</summary>
    private UserRow[] RowsOf(int user)
    {
        int factors = Shape.Factors;
        return user < 0
            ? [.. _samples.Select(_ => new UserRow(0, new float[factors]))]
            : [.. _samples.Select(sample => new UserRow(sample.UserBiases[user], sample.UserFactors.AsMemory(user * factors, factors)))];
    }

    private static double Predict(ModelParameters model, int user, int item)
    {
        double prediction = model.GlobalMean;
        if (user >= 0) prediction += model.UserBiases[user];
        if (item >= 0) prediction += model.ItemBiases[item];
        if (user < 0 || item < 0) return prediction;
        int factors = model.Shape.Factors;
        ReadOnlySpan<float> p = model.UserFactors.AsSpan(user * factors, factors);
        ReadOnlySpan<float> q = model.ItemFactors.AsSpan(item * factors, factors);
        for (int factor = 0; factor < factors; factor++) prediction += p[factor] * q[factor];
        return prediction;
    }
}
