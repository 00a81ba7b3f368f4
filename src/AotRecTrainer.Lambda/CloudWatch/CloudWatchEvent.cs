namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>One entry of a log group.</summary>
/// <param name="EventId">Names it among all entries.</param>
/// <param name="LogStreamName">The stream, which on Lambda is one process of a function.</param>
/// <param name="Timestamp">Epoch milliseconds at which it was written.</param>
/// <param name="Message">What was written.</param>
public sealed record CloudWatchEvent(string EventId, string LogStreamName, long Timestamp, string Message);
