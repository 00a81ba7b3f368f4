namespace AotRecTrainer.Lambda.Invoke;

/// <summary>The JSON body of a refused call; AWS spells the member with either case.</summary>
/// <param name="Message">Why the service refused.</param>
internal sealed record ServiceError(string? Message);
