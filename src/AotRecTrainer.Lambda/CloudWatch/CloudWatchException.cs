namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>Log entries could not be read.</summary>
public sealed class CloudWatchException(string message, Exception? inner = null) : Exception(message, inner);
