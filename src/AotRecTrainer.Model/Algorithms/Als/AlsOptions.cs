using AotRecTrainer.Model.Algorithms.Equations;

namespace AotRecTrainer.Model.Algorithms.Als;

/// <summary>Settings of alternating least squares.</summary>
/// <param name="Users">Regularization of users.</param>
/// <param name="Items">Regularization of items.</param>
/// <param name="Threads">Threads that the coordinator solves items with, at least 1; does not change a bit.</param>
public sealed record AlsOptions(RidgeWeights Users, RidgeWeights Items, int Threads);
