using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Optimizers;

/// <summary>
/// The coordinator's half of a batch-gradient round: (parameters, sum of statistics) → parameters, by gradient descent with
/// momentum (Polyak 1964): <c>v ← m v + s (g + λ n x)</c>, <c>x ← x − η v</c>, with s the row's scale and n its number of ratings.
/// Rows without ratings keep their parameters.
/// </summary>
public sealed class MomentumOptimizer
{
    // A row's curvature is about n, so its step is stable while η s n stays under 2 (1 + momentum); this leaves room for the
    // curvature that factors add to that of the bias.
    private const float CurvatureMax = 2.5f;

    private readonly MomentumOptions _options;
    private readonly int[] _userCounts;
    private readonly int[] _itemCounts;
    private readonly long _ratings;

    /// <summary>Starts at rest.</summary>
    /// <param name="options">Step size, momentum, regularization, scale.</param>
    /// <param name="userCounts">Training ratings of every user.</param>
    /// <param name="itemCounts">Training ratings of every item.</param>
    /// <param name="factors">Factors of the model that will be stepped.</param>
    public MomentumOptimizer(MomentumOptions options, int[] userCounts, int[] itemCounts, int factors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(userCounts);
        ArgumentNullException.ThrowIfNull(itemCounts);
        _options = options;
        _userCounts = userCounts;
        _itemCounts = itemCounts;
        foreach (int count in userCounts) _ratings += count;
        Velocity = new ModelParameters(new ModelShape(userCounts.Length, itemCounts.Length, factors), globalMean: 0);
    }

    /// <summary>The velocity v of every parameter: the optimizer's whole state, saved in checkpoints.</summary>
    public ModelParameters Velocity { get; private set; }

    /// <summary>Continues from a checkpoint's velocity, which is taken over.</summary>
    /// <exception cref="ModelException">The velocity has another shape.</exception>
    public void Restore(ModelParameters velocity)
    {
        ArgumentNullException.ThrowIfNull(velocity);
        if (velocity.Shape != Velocity.Shape)
            throw new ModelException($"the checkpoint's velocity has shape {velocity.Shape}, expected {Velocity.Shape}");
        Velocity = velocity;
    }

    /// <summary>Takes one step in place.</summary>
    public void Step(ModelParameters parameters, StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(sum);
        int factors = parameters.Shape.Factors;
        StepRows(parameters.UserFactors, sum.UserFactors, Velocity.UserFactors, _userCounts, factors);
        StepRows(parameters.UserBiases, sum.UserBiases, Velocity.UserBiases, _userCounts, 1);
        StepRows(parameters.ItemFactors, sum.ItemFactors, Velocity.ItemFactors, _itemCounts, factors);
        StepRows(parameters.ItemBiases, sum.ItemBiases, Velocity.ItemBiases, _itemCounts, 1);
    }

    private void StepRows(Span<float> values, ReadOnlySpan<float> gradient, Span<float> velocity, int[] counts, int rowLength)
    {
        float rate = _options.LearningRate;
        float momentum = _options.Momentum;
        for (int row = 0; row < counts.Length; row++)
        {
            int count = counts[row];
            if (count == 0) continue;
            float scale = ScaleOf(count);
            float decay = _options.Regularization * count;
            int start = row * rowLength;
            for (int i = start; i < start + rowLength; i++)
            {
                float step = (momentum * velocity[i]) + (scale * (gradient[i] + (decay * values[i])));
                velocity[i] = step;
                values[i] -= rate * step;
            }
        }
    }

    private float ScaleOf(int count) => _options.Scale == GradientScale.MeanOverAllRatings
        ? 2f / _ratings
        : MathF.Min(1f / MathF.Sqrt(count), CurvatureMax / (_options.LearningRate * count));
}
