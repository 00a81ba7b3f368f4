namespace AotRecTrainer.Cli.Output;

/// <summary>Shows a person how much of a longer work is done; a log needs no such lines.</summary>
internal sealed class ShareLines(Terminal terminal) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value)
    {
        if (!terminal.IsWatched) return;
        terminal.Error.Write(value < 1 ? $"\r{value,4:P0}" : "\r     \r");
    }
}
