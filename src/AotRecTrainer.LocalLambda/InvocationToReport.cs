namespace AotRecTrainer.LocalLambda;

/// <summary>An invocation that has ended and whose END and REPORT lines are still to be written.</summary>
internal sealed record InvocationToReport(Invocation Invocation, InvocationOutcome Outcome);
