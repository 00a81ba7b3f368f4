namespace AotRecTrainer.Storage.S3;

/// <summary>No connection, or one that broke before an answer.</summary>
internal sealed class BrokenConnectionException(string message) : Exception(message);
