using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>An invocation that dies at a chosen call.</summary>
/// <param name="IsCoordinator">A coordinator's invocation, or a worker's.</param>
/// <param name="Invocation">Which one of that kind in the world, from 1.</param>
/// <param name="Point">The call.</param>
internal readonly record struct PlannedCrash(bool IsCoordinator, int Invocation, CrashPoint Point);
