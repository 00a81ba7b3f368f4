using System.Text;

namespace AotRecTrainer.LocalLambda.Logs;

/// <summary>The REPORT line of an invocation, in the service's form: tab-separated, with a tab at the end.</summary>
internal static class ReportLine
{
    public static string Format(InvocationReport report)
    {
        var line = new StringBuilder(256);
        line.Append($"REPORT RequestId: {report.RequestId}\tDuration: {report.Duration.TotalMilliseconds:F2} ms\t");
        line.Append($"Billed Duration: {report.BilledMilliseconds} ms\tMemory Size: {report.MemoryMegabytes} MB\t");
        line.Append($"Max Memory Used: {report.MaxMemoryMegabytes} MB\t");
        if (report.InitDuration is { } init)
        {
            line.Append($"Init Duration: {init.TotalMilliseconds:F2} ms\t");
        }

        if (report.ErrorType is { } errorType)
        {
            line.Append(report.Status == "timeout" ? "Status: timeout\t" : $"Status: error\tError Type: {errorType}\t");
        }

        return line.ToString();
    }
}
