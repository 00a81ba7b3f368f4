using Spectre.Console;

namespace AotRecTrainer.DataPrep.Display;

/// <summary>A progress bar for every stage, removed at the end so that only results stay on the screen.</summary>
internal sealed class BarStageDisplay(TextWriter output) : StageDisplay
{
    /// <inheritdoc/>
    public override Task<T> RunAsync<T>(Func<IStages, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IStages
    {
        public IProgress<double> Begin(string name)
        {
            ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: 1);
            return new DirectProgress<double>(share => task.Value = share);
        }
    }
}
