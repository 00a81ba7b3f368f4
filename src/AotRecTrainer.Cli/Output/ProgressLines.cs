using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Progress for a log: some ten lines over a run, however often it is told where the run stands.</summary>
internal sealed class ProgressLines(TextWriter output, int epochs)
{
    private const int Lines = 10;
    private readonly int _step = Math.Max(1, epochs / Lines);
    private int _shown = -1;

    public void Show(RunStatus status)
    {
        int at = status.MeasuredEpoch / _step;
        if (at == _shown) return;
        _shown = at;
        output.WriteLine(StatusText.Of(status));
    }
}
