using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms;

/// <summary>
/// The coordinator's half of an algorithm: (parameters, sum of statistics) → parameters. A round is <see cref="Begin"/>, the
/// workers, <see cref="Complete"/>; then <see cref="Step"/>, unless the model as it was just measured is to be kept.
/// </summary>
public interface ITrainingAlgorithm
{
    /// <summary>The model; after <see cref="Complete"/> the one that the errors of that round belong to.</summary>
    ModelParameters Parameters { get; }

    /// <summary>The model to keep when training ends now; <see cref="Parameters"/>, or an average over rounds.</summary>
    ModelParameters Result { get; }

    /// <summary>Rounds that make an epoch, each over a part of the ratings.</summary>
    int RoundsPerEpoch { get; }

    /// <summary>The task of a round.</summary>
    /// <param name="round">Number of the round in the run, from 1.</param>
    /// <param name="part">Which round of the epoch, from 0; -1 for a round over all ratings that only measures.</param>
    RoundTask Begin(int round, int part);

    /// <summary>Takes what the workers found out into <see cref="Parameters"/>.</summary>
    /// <returns>The error sums to report.</returns>
    /// <exception cref="ModelException">The model ran away.</exception>
    ErrorSums Complete(StatisticsSum sum);

    /// <summary>Moves <see cref="Parameters"/> on; may use the sum's memory as scratch.</summary>
    /// <exception cref="ModelException">The model ran away.</exception>
    void Step(StatisticsSum sum);

    /// <summary>Everything beside <see cref="Parameters"/> that the next rounds depend on, by name; the arrays stay the algorithm's.</summary>
    IReadOnlyDictionary<string, float[]> State { get; }

    /// <summary>Continues from a checkpoint; the parameters are taken over.</summary>
    /// <param name="parameters">The model of the checkpoint.</param>
    /// <param name="state">What <see cref="State"/> was.</param>
    /// <exception cref="ModelException">The checkpoint is of another shape.</exception>
    void Restore(ModelParameters parameters, IReadOnlyDictionary<string, float[]> state);
}
