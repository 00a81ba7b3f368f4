namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>L2 regularization that grows with the number of ratings n of a row: λ nᵃ + λ₀, for factors and bias apart.</summary>
/// <param name="Factors">λ of the factors.</param>
/// <param name="FactorFloor">λ₀ of the factors.</param>
/// <param name="Bias">λ of the bias.</param>
/// <param name="BiasFloor">λ₀ of the bias.</param>
/// <param name="Exponent">a: 0 is plain ridge regression, 1 is weighted-λ regularization (Zhou et al. 2008).</param>
public readonly record struct RidgeWeights(float Factors, float FactorFloor, float Bias, float BiasFloor, float Exponent)
{
    /// <summary>No regularization.</summary>
    public static RidgeWeights None { get; }

    /// <summary>
    /// The default: 0.9 A √n + 2 for factors and 3 for biases, in units of a rating's standard deviation σ, with
    /// A = ((U/I)^¼ + (I/U)^¼) / 2, which is 1 for as many users U as items I and grows as one side outnumbers the other. In the
    /// ratings' own units the weight of factors grows with σ, because a product of two factors does with σ and the squared error with
    /// σ²; that of biases stays. Chosen once, for MovieLens sets of 100,000 to a million ratings and for planted ones.
    /// </summary>
    /// <param name="ratingDeviation">σ of the training ratings, above 0.</param>
    /// <param name="users">U, at least 1.</param>
    /// <param name="items">I, at least 1.</param>
    public static RidgeWeights Automatic(double ratingDeviation, int users, int items)
    {
        double ratio = Math.Pow((double)users / items, 0.25);
        double shape = (ratio + (1 / ratio)) / 2;
        return new RidgeWeights((float)(0.9 * shape * ratingDeviation), (float)(2 * ratingDeviation), 0, 3, 0.5f);
    }

    /// <summary>λ n for factors and biases alike: what λ per rating comes to.</summary>
    public static RidgeWeights PerRating(float lambda) => new(lambda, 0, lambda, 0, 1);

    /// <summary>The weight of the factors of a row with so many ratings.</summary>
    public float OfFactors(float count) => (Factors * MathF.Pow(count, Exponent)) + FactorFloor;

    /// <summary>The weight of the bias of a row with so many ratings.</summary>
    public float OfBias(float count) => (Bias * MathF.Pow(count, Exponent)) + BiasFloor;
}
