namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>A page of what <c>FilterLogEvents</c> answers; without a token it is the last.</summary>
internal sealed record FilterAnswer(CloudWatchEvent[]? Events, string? NextToken);
