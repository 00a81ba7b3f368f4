using AotRecTrainer.LocalLambda.Invocations;
using AotRecTrainer.LocalLambda.Logs;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>What one environment logs: to the server's log, and to the tail that callers may ask for. Thread-safe.</summary>
internal sealed class EnvironmentLog(string environmentId, FunctionDefinition function, ServerContext context)
{
    private readonly LogTail _tail = new();

    public void WriteLine(string line)
    {
        _tail.AppendLine(line);
        context.Log.WriteLine(line);
    }

    /// <summary>The START line; a cold start's tail keeps what was written during init.</summary>
    public void WriteStart(Invocation invocation, int processId)
    {
        bool isCold = invocation.InitDuration is not null;
        if (!isCold)
            _tail.Clear();
        string id = invocation.Request.RequestId;
        WriteLine($"START RequestId: {id} Version: $LATEST");
        WriteLine($"INSTANCE {environmentId} pid {processId} {(isCold ? "cold" : "warm")} RequestId: {id}");
    }

    /// <summary>The line for an init phase that failed.</summary>
    public void WriteInitFailure(TimeSpan duration, InvocationOutcome failure) => WriteLine(
        $"INIT_REPORT Init Duration: {duration.TotalMilliseconds:F2} ms\tPhase: init\t"
        + $"Status: {(failure.Status == InvocationStatus.Timeout ? "timeout" : "error")}\tError Type: {failure.ErrorType}");

    /// <summary>The END and REPORT lines, after which the invocation's tail is complete.</summary>
    /// <param name="finished">The invocation.</param>
    /// <param name="processId">The process that ran it; zero when none was started.</param>
    /// <param name="peakMemory">The environment's peak memory in bytes.</param>
    public void WriteReport(FinishedInvocation finished, int processId, long peakMemory)
    {
        (Invocation invocation, InvocationOutcome outcome) = finished;
        TimeSpan? init = invocation.InitDuration;
        var report = new InvocationReport(
            function.Name,
            invocation.Request.RequestId,
            environmentId,
            processId,
            invocation.Duration,
            init,
            (long)Math.Ceiling((invocation.Duration + (init ?? TimeSpan.Zero)).TotalMilliseconds),
            function.MemoryMegabytes,
            peakMemory,
            outcome.Status switch { InvocationStatus.Success => "success", InvocationStatus.Timeout => "timeout", _ => "error" },
            outcome.ErrorType);
        WriteLine($"END RequestId: {report.RequestId}");
        WriteLine(ReportLine.Format(report));
        invocation.CompleteReport(_tail.ToArray());
        context.Billing.Add(report);
        context.Options.OnReport?.Invoke(report);
    }
}
