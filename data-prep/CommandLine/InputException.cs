namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>The command line asks for something that cannot be; the message is one line for the user.</summary>
internal sealed class InputException(string message) : Exception(message);
