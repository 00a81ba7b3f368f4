namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>Where a process dies: at one of its calls to the world outside.</summary>
/// <param name="Door">Number of the call within the invocation, from 1.</param>
/// <param name="IsCarriedOut">The call had left the process and has its effect; otherwise it has none.</param>
internal readonly record struct CrashPoint(int Door, bool IsCarriedOut);
