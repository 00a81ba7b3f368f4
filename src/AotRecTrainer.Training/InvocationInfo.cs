namespace AotRecTrainer.Training;

/// <summary>What a role knows of the invocation that it runs in.</summary>
/// <param name="Id">The invocation's own name; a second delivery of the same event has the same one.</param>
/// <param name="Deadline">When the platform ends the function; null when there is no such time.</param>
public sealed record InvocationInfo(string Id, DateTimeOffset? Deadline);
