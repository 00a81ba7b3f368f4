namespace AotRecTrainer.DataPrep.Display;

/// <summary>Passes progress on at once, on the thread that reports it; the framework's own class queues it.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
