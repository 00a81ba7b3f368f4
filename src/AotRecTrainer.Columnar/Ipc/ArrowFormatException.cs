namespace AotRecTrainer.Columnar.Ipc;

/// <summary>An Arrow stream is damaged, cut short, or uses something this library does not read.</summary>
/// <param name="message">What was found, what was expected and where.</param>
public sealed class ArrowFormatException(string message) : Exception(OneLine.Of(message));
