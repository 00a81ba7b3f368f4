using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>
/// The coordinator's half of batch gradient. Every row's gradient, with its penalty, is scaled by the row's curvature and handed to
/// the update rule. Rows without ratings keep their parameters, and so do users outside of the round's mini-batch.
/// </summary>
public sealed class BatchGradientAlgorithm : ITrainingAlgorithm
{
    // Steps per unit of learning rate, as multiples of one over the curvature. A user and an item move for the same rating at once,
    // and momentum adds up ten steps; larger ones overshoot.
    private const float BiasStep = 3;
    private const float FactorStep = 5;

    // Regularization may raise the training error a little towards the end, which is as it should be.
    private const float RiseMax = 1.005f;

    // While all vectors are still small their curvature says nothing yet.
    private const float SquareMin = 0.1f;

    private readonly GradientOptions _options;
    private readonly long _ratings;
    private readonly ParameterGroup _userFactors;
    private readonly ParameterGroup _userBiases;
    private readonly ParameterGroup _itemFactors;
    private readonly ParameterGroup _itemBiases;
    private MiniBatch _batch = MiniBatch.Whole;
    private int _steps;

    // In single precision and finite, so that a checkpoint keeps all of it.
    private float _error = float.MaxValue;

    /// <summary>Starts at rest.</summary>
    /// <param name="options">Rule, scale, rates and regularization.</param>
    /// <param name="start">The starting model, taken over.</param>
    /// <param name="userCounts">Training ratings of every user.</param>
    /// <param name="itemCounts">Training ratings of every item.</param>
    public BatchGradientAlgorithm(GradientOptions options, ModelParameters start, int[] userCounts, int[] itemCounts)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(userCounts);
        ArgumentNullException.ThrowIfNull(itemCounts);
        _options = options;
        Parameters = start;
        foreach (int count in userCounts) _ratings += count;
        int length = start.Shape.Factors, memories = options.Rule.Memories;
        _userFactors = ParameterGroup.Factors("userFactors", isUser: true, length, userCounts, options.Weights, memories);
        _userBiases = ParameterGroup.Biases("userBiases", isUser: true, userCounts, options.Weights, memories);
        _itemFactors = ParameterGroup.Factors("itemFactors", isUser: false, length, itemCounts, options.Weights, memories);
        _itemBiases = ParameterGroup.Biases("itemBiases", isUser: false, itemCounts, options.Weights, memories);
    }

    /// <inheritdoc/>
    public ModelParameters Parameters { get; private set; }

    /// <inheritdoc/>
    public ModelParameters Result => Parameters;

    /// <inheritdoc/>
    public int RoundsPerEpoch => _options.BatchesPerEpoch;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, float[]> State
    {
        get
        {
            Dictionary<string, float[]> state = new(StringComparer.Ordinal) { ["progress"] = [_steps, _error] };
            foreach (ParameterGroup group in (ParameterGroup[])[_userFactors, _userBiases, _itemFactors, _itemBiases])
            {
                state[$"{group.Name}-first"] = group.First;
                state[$"{group.Name}-second"] = group.Second;
            }

            return state;
        }
    }

    /// <inheritdoc/>
    public RoundTask Begin(int round, int part)
    {
        _batch = part < 0 || RoundsPerEpoch == 1 ? MiniBatch.Whole : new MiniBatch(part, RoundsPerEpoch, _options.Seed);
        return new GradientTask(Parameters, _batch);
    }

    /// <inheritdoc/>
    public ErrorSums Complete(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return sum.Errors;
    }

    /// <inheritdoc/>
    public void Step(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        RestartIfWorse((float)sum.Errors.TrainRmse);
        float rate = _options.LearningRate * _options.Schedule.At(_steps / RoundsPerEpoch);
        _steps++;
        float userCurvature = Curvature(Parameters.ItemFactors, _itemFactors.Counts);
        float itemCurvature = Curvature(Parameters.UserFactors, _userFactors.Counts);
        Step(_userFactors, Parameters.UserFactors, sum.UserFactors, rate, userCurvature);
        Step(_userBiases, Parameters.UserBiases, sum.UserBiases, rate, curvature: 1);
        Step(_itemFactors, Parameters.ItemFactors, sum.ItemFactors, rate, itemCurvature);
        Step(_itemBiases, Parameters.ItemBiases, sum.ItemBiases, rate, curvature: 1);
    }

    /// <inheritdoc/>
    public void Restore(ModelParameters parameters, IReadOnlyDictionary<string, float[]> state)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(state);
        foreach ((string name, float[] values) in State)
        {
            if (!state.TryGetValue(name, out float[]? saved) || saved.Length != values.Length)
                throw new ModelException($"the checkpoint's {name} has {saved?.Length ?? 0} values, expected {values.Length}");
            saved.CopyTo(values, 0);
        }

        Parameters = parameters;
        _steps = (int)state["progress"][0];
        _error = state["progress"][1];
    }

    /// <summary>
    /// Forgets the velocity when the last step made the training error worse: momentum has carried the parameters too far
    /// (adaptive restart, O'Donoghue and Candès 2015). Errors of different mini-batches cannot be compared.
    /// </summary>
    private void RestartIfWorse(float error)
    {
        bool isWorse = error > _error * RiseMax && _batch.IsWhole && _options.Scale == GradientScale.Curvature;
        _error = error;
        if (!isWorse) return;
        foreach (ParameterGroup group in (ParameterGroup[])[_userFactors, _userBiases, _itemFactors, _itemBiases]) Array.Clear(group.First);
    }

    /// <summary>What a rating adds to the curvature of a vector: the mean square of the vectors on its other side.</summary>
    private float Curvature(float[] factors, int[] counts)
    {
        int length = Parameters.Shape.Factors;
        double sum = 0;
        for (int row = 0; row < counts.Length; row++)
            sum += counts[row] * (double)SquaredLength(factors.AsSpan(row * length, length));
        return MathF.Max((float)(sum / Math.Max(_ratings, 1)), SquareMin * _options.RatingDeviation);
    }

    private void Step(ParameterGroup group, float[] values, float[] gradient, float rate, float curvature)
    {
        // All of a user's ratings are in its mini-batch; of an item's, about an equal share in each. The step is that of the whole
        // item all the same, so that the steps of an epoch add up to one.
        float share = group.IsUser ? 1 : 1f / _batch.Count;
        int length = group.RowLength;
        for (int row = 0; row < group.Counts.Length; row++)
        {
            Span<float> slope = gradient.AsSpan(row * length, length);
            float penalty = group.Penalties[row];
            float scale = group.Counts[row] == 0 ? 0 : ScaleOf(group, (group.Counts[row] * curvature) + (share * penalty));
            for (int i = 0; i < length; i++) slope[i] = scale * (slope[i] + (share * penalty * values[(row * length) + i]));
        }

        float groupRate = rate * UnitOf(group);
        if (group.IsUser && !_batch.IsWhole)
        {
            for (int row = 0; row < group.Counts.Length; row++)
            {
                if (_batch.Contains(row)) Apply(group, values, gradient, row * length, length, groupRate);
            }
        }
        else
        {
            Apply(group, values, gradient, 0, values.Length, groupRate);
        }
    }

    private void Apply(ParameterGroup group, float[] values, float[] slope, int start, int length, float rate) => _options.Rule.Apply(
        values.AsSpan(start, length), slope.AsSpan(start, length), Part(group.First, start, length), Part(group.Second, start, length), rate, _steps);

    private float ScaleOf(ParameterGroup group, float curvature) => _options.Scale switch
    {
        GradientScale.Curvature => (group.IsBias ? BiasStep : FactorStep) / curvature,
        GradientScale.MeanOverAllRatings => 2f / _ratings,
        _ => 1,
    };

    /// <summary>Steps that do not depend on the gradient's size come in the parameter's own unit: σ for biases, √σ for factors.</summary>
    private float UnitOf(ParameterGroup group) => _options.Scale != GradientScale.One ? 1
        : group.IsBias ? _options.RatingDeviation : MathF.Sqrt(_options.RatingDeviation);

    private static Span<float> Part(float[] memory, int start, int length) => memory.Length == 0 ? [] : memory.AsSpan(start, length);

    private static float SquaredLength(ReadOnlySpan<float> row)
    {
        float sum = 0;
        foreach (float value in row) sum += value * value;
        return sum;
    }
}
