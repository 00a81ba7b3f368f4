namespace AotRecTrainer.LocalLambda.Logs;

/// <summary>Serializes whole lines from many environments into one writer.</summary>
internal sealed class LogSink(TextWriter writer)
{
    private readonly Lock _gate = new();

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            try
            {
                writer.WriteLine(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // A closed terminal or pipe must not take the functions down with it.
            }
        }
    }
}
