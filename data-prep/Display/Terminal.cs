namespace AotRecTrainer.DataPrep.Display;

/// <summary>Where a command writes: results to the output, progress and errors to the error stream.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>Whether a person watches the error stream, so that a moving bar makes sense.</summary>
    public bool IsWatched => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;
}
