namespace AotRecTrainer.Cli.Output;

/// <summary>Where a command writes: results to the output, progress and errors to the error stream.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>Whether a person watches the error stream on a terminal that can redraw, so that a moving bar makes sense.</summary>
    public bool IsWatched => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
}
