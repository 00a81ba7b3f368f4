using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AotRecTrainer.Lambda.Logs;

/// <summary>The two forms of a record, UTF-8 and without an end of line.</summary>
internal static class LogFormat
{
    // What is written goes to a log, not into a web page.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Time, request id (a hyphen between events), level and message, tab-separated, then the exception on lines of its own.
    /// </summary>
    public static byte[] Text(LogRecord record)
    {
        string exception = record.Exception is null ? "" : $"\n{record.Exception}";
        return Encoding.UTF8.GetBytes($"{Time(record)}\t{record.RequestId ?? "-"}\t{LevelName(record)}\t{record.Message}{exception}");
    }

    /// <summary>One object on one line with the members that the platform filters by and those it shows.</summary>
    public static byte[] Json(LogRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Time(record));
            json.WriteString("level", LevelName(record));
            if (record.RequestId is not null)
                json.WriteString("requestId", record.RequestId);
            json.WriteString("message", record.Message);
            if (record.Exception is { } exception)
            {
                json.WriteString("errorType", exception.GetType().Name);
                json.WriteString("errorMessage", exception.Message);
                json.WriteStartArray("stackTrace");
                foreach (string line in exception.ToString().Split('\n'))
                    json.WriteStringValue(line.Trim());
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Time(LogRecord record) =>
        record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string LevelName(LogRecord record) => record.Level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Info => "INFO",
        LogLevel.Warn => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
