using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>A round in which workers solve their users given the items and return the items' normal equations.</summary>
/// <param name="Parameters">The items; no users.</param>
public abstract record EquationTask(ModelParameters Parameters) : RoundTask(Parameters)
{
    /// <summary>How a user is solved; one for every thread.</summary>
    public abstract IRowSolver CreateUserSolver();
}
