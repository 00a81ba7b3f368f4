namespace AotRecTrainer.Model.Parameters;

/// <summary>The sizes of a biased matrix-factorization model.</summary>
/// <param name="Users">Number of users, the rows of the user factor matrix.</param>
/// <param name="Items">Number of items, the rows of the item factor matrix.</param>
/// <param name="Factors">Length of every user and item factor vector.</param>
public readonly record struct ModelShape(int Users, int Items, int Factors)
{
    /// <summary>Most factors a model may have; beyond it the gradients no longer fit the kernels' buffers.</summary>
    public const int FactorsMax = 512;

    /// <summary>Number of parameters: factors and biases of both sides.</summary>
    public long Count => ((long)Users + Items) * (Factors + 1);
}
