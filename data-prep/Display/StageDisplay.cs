namespace AotRecTrainer.DataPrep.Display;

/// <summary>Shows how far a command is: bars for a person, lines for a log.</summary>
internal abstract class StageDisplay
{
    /// <summary>The display that suits a terminal.</summary>
    public static StageDisplay For(Terminal terminal) =>
        terminal.IsWatched ? new BarStageDisplay(terminal.Error) : new LineStageDisplay(terminal.Error);

    /// <summary>Runs the work and shows its stages meanwhile.</summary>
    public abstract Task<T> RunAsync<T>(Func<IStages, Task<T>> work);
}
