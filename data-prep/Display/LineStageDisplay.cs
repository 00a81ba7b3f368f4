using System.Diagnostics;

namespace AotRecTrainer.DataPrep.Display;

/// <summary>A line when a stage begins, and one every few seconds while it lasts.</summary>
internal sealed class LineStageDisplay(TextWriter output) : StageDisplay, IStages
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override Task<T> RunAsync<T>(Func<IStages, Task<T>> work) => work(this);

    /// <inheritdoc/>
    public IProgress<double> Begin(string name)
    {
        output.WriteLine(name);
        long last = Stopwatch.GetTimestamp();
        var gate = new Lock();
        return new DirectProgress<double>(share =>
        {
            lock (gate)
            {
                if (Stopwatch.GetElapsedTime(last) >= s_interval)
                {
                    output.WriteLine($"{name}: {share * 100:F0} %");
                    last = Stopwatch.GetTimestamp();
                }
            }
        });
    }
}
