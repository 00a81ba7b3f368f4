using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>
/// Draws a row from its conditional distribution (Salakhutdinov and Mnih 2008, eq. 11 to 13): precision A = Λ + α Σ z zᵀ, mean
/// A⁻¹ (Λ m + α Σ z (r − known)), where m is the prior's mean for a row of so many ratings. A row without ratings is drawn from the prior.
/// </summary>
public sealed class GaussianSampler : IRowSolver
{
    private readonly GaussianPrior _prior;
    private readonly float[] _meanVector;
    private readonly float[] _slopeVector;
    private readonly float _noisePrecision;
    private readonly long _seed;
    private readonly ulong _stream;

    /// <summary>Prepares the draws of one round and side.</summary>
    /// <param name="prior">Λ and m.</param>
    /// <param name="noisePrecision">α.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">The round and side, a part of the key of every draw.</param>
    public GaussianSampler(GaussianPrior prior, float noisePrecision, long seed, ulong stream)
    {
        ArgumentNullException.ThrowIfNull(prior);
        _prior = prior;
        _meanVector = prior.PrecisionTimes(prior.Mean);
        _slopeVector = prior.PrecisionTimes(prior.Slope);
        _noisePrecision = noisePrecision;
        _seed = seed;
        _stream = stream;
    }

    /// <inheritdoc/>
    public void Solve(int row, int count, Span<float> matrix, Span<float> vector)
    {
        int unknowns = vector.Length;
        float activity = _prior.Activity(count);
        ReadOnlySpan<float> precision = _prior.Precision;
        for (int i = 0; i < matrix.Length; i++) matrix[i] = (_noisePrecision * matrix[i]) + precision[i];
        for (int i = 0; i < unknowns; i++) vector[i] = (_noisePrecision * vector[i]) + _meanVector[i] + (activity * _slopeVector[i]);
        if (!Cholesky.TryFactor(matrix, unknowns))
            throw ModelException.Diverged($"the precision of row {row}, with {count} ratings, is not positive definite");
        Cholesky.Solve(matrix, unknowns, vector);

        Span<float> deviation = stackalloc float[ModelShape.FactorsMax + 1];
        deviation = deviation[..unknowns];
        KeyedRandom random = new(_seed, _stream, (ulong)row);
        foreach (ref float value in deviation) value = (float)random.NextNormal();
        Cholesky.SolveTransposed(matrix, unknowns, deviation);
        for (int i = 0; i < unknowns; i++) vector[i] += deviation[i];
    }
}
