using Microsoft.Win32.SafeHandles;

namespace AotRecTrainer.Lambda.Logs;

/// <summary>
/// A function's log in the form the platform asks for. Each record is one write, so that those of several threads do not mix.
/// Failing to write loses the record and nothing else. Thread-safe.
/// </summary>
/// <param name="output">Takes the records; stays the caller's.</param>
/// <param name="options">Form and level.</param>
/// <param name="clock">Gives the records their time.</param>
public sealed class FunctionLog(Stream output, FunctionLogOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <summary>The event being handled, which every record names; null between events.</summary>
    public string? RequestId { get; set; }

    /// <summary>The log of this process: the descriptor that the platform names, or else the standard error.</summary>
    public static FunctionLog FromEnvironment()
    {
        FunctionLogOptions options = FunctionLogOptions.From(Environment.GetEnvironmentVariable);
        // Programs started from here do not know the frames.
        Environment.SetEnvironmentVariable(FunctionLogOptions.TelemetryVariable, null);
        if (options.TelemetryDescriptor is { } descriptor && Path.Exists($"/proc/self/fd/{descriptor}"))
        {
            var handle = new SafeFileHandle(descriptor, ownsHandle: false);
            return new FunctionLog(new FileStream(handle, FileAccess.Write, bufferSize: 0), options, TimeProvider.System);
        }

        return new FunctionLog(Console.OpenStandardError(), options with { TelemetryDescriptor = null }, TimeProvider.System);
    }

    /// <summary>Writes what a healthy run says.</summary>
    /// <param name="message">What is said.</param>
    public void Info(string message) => Write(LogLevel.Info, message);

    /// <summary>Writes that something was mended or left out.</summary>
    /// <param name="message">What is said.</param>
    public void Warn(string message) => Write(LogLevel.Warn, message);

    /// <summary>Writes that something failed.</summary>
    /// <param name="message">What is said.</param>
    /// <param name="exception">What went wrong; null when the message says it all.</param>
    public void Error(string message, Exception? exception = null) => Write(LogLevel.Error, message, exception);

    /// <summary>Writes a record, unless its level is below the least one asked for.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="message">What is said.</param>
    /// <param name="exception">What went wrong; null when nothing did.</param>
    public void Write(LogLevel level, string message, Exception? exception = null)
    {
        if (level < options.MinimumLevel)
            return;
        var record = new LogRecord(clock.GetUtcNow(), level, RequestId, message, exception);
        byte[] text = options.IsJson ? LogFormat.Json(record) : LogFormat.Text(record);
        byte[] bytes = options.TelemetryDescriptor is null ? [.. text, (byte)'\n'] : TelemetryFrame.Create(options.IsJson, record.Time, text);
        try
        {
            lock (_gate)
            {
                output.Write(bytes);
                output.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Whoever read the log is gone; the work is not.
        }
    }
}
