namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>An invocation that has ended and whose END and REPORT lines are still to be written.</summary>
internal sealed record FinishedInvocation(Invocation Invocation, InvocationOutcome Outcome);
