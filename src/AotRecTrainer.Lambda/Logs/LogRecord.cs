namespace AotRecTrainer.Lambda.Logs;

/// <summary>One entry of the log.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="RequestId">The event being handled; null between events.</param>
/// <param name="Message">What is said.</param>
/// <param name="Exception">What went wrong, where something did.</param>
internal sealed record LogRecord(DateTimeOffset Time, LogLevel Level, string? RequestId, string Message, Exception? Exception);
