using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Als;

/// <summary>
/// Alternating least squares with biases (Koren, Bell and Volinsky 2009): users are solved exactly given the items, each by the
/// worker that has its ratings, then items given the users. The errors of a round are those of the users just solved with the items
/// they were solved for.
/// </summary>
/// <param name="options">Regularization.</param>
/// <param name="start">The starting model, taken over; only its items matter.</param>
/// <param name="itemCounts">Training ratings of every item.</param>
public sealed class AlsAlgorithm(AlsOptions options, ModelParameters start, int[] itemCounts) : ITrainingAlgorithm
{
    /// <inheritdoc/>
    public ModelParameters Parameters { get; private set; } = start;

    /// <inheritdoc/>
    public ModelParameters Result => Parameters;

    /// <inheritdoc/>
    public int RoundsPerEpoch => 1;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, float[]> State { get; } = new Dictionary<string, float[]>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public RoundTask Begin(int round, int part) => new SolveTask(Parameters.WithoutUsers(), options.Users);

    /// <inheritdoc/>
    public ErrorSums Complete(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ItemEquations.TakeUsers(sum, Parameters);
        return sum.Errors;
    }

    /// <inheritdoc/>
    public void Step(StatisticsSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ItemEquations.SolveItems(sum, new RidgeSolver(options.Items), itemCounts, Parameters, options.Threads);
    }

    /// <inheritdoc/>
    public void Restore(ModelParameters parameters, IReadOnlyDictionary<string, float[]> state) => Parameters = parameters;
}
