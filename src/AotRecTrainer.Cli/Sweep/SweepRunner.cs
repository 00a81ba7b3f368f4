using System.Collections.Concurrent;
using System.Text.Json;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.LocalLambda;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>
/// Measures configurations, each behind a local stand-in of its own: coordinator and workers are two functions of the same program, so
/// that their memory is told apart.
/// </summary>
/// <param name="executable">The function's program.</param>
/// <param name="folder">Where runs and logs go.</param>
/// <param name="cpuScale">What CPU shares are multiplied by.</param>
/// <param name="pinToCpu">The one CPU that all workers share, which the coordinator then keeps off; null for any.</param>
internal sealed class SweepRunner(string executable, string folder, double cpuScale, int? pinToCpu)
{
    private const string Coordinator = "coordinator";
    private const string Worker = "worker";
    private const int ReportPauses = 500;
    private static readonly TimeSpan ReportPause = TimeSpan.FromMilliseconds(10);

    /// <summary>How the functions were limited, in words; known once something was measured.</summary>
    public string Isolation { get; private set; } = "not measured";

    /// <summary>Measures configurations that follow each other in the same environments; the first finds them cold.</summary>
    public async Task<SweepRow[]> MeasureAsync(IReadOnlyList<SweepCell> passes, CancellationToken cancellationToken)
    {
        ConcurrentQueue<InvocationReport> reports = [];
        await using StreamWriter log = new(Path.Combine(folder, passes[0].Key + ".log"), append: false) { AutoFlush = true };
        LocalLambdaOptions options = new()
        {
            Log = TextWriter.Synchronized(log),
            // The coordinator reads statistics while workers compute, and must not take their CPU for it.
            Functions = [Function(Coordinator, passes[0].Memory) with { SharesPinnedCpu = false }, Function(Worker, passes[0].Memory)],
            CpuScale = cpuScale,
            PinToCpu = pinToCpu,
            OnReport = reports.Enqueue,
        };
        await using LocalLambdaServer server = await LocalFunctions.StartAsync(options, cancellationToken);
        Isolation = server.Isolation;
        using LambdaInvoker invoker = new(LocalFunctions.InvokerOptions(server.Endpoint));
        List<SweepRow> rows = [];
        foreach (SweepCell cell in passes)
        {
            reports.Clear();
            InvokeOutcome outcome = await invoker.InvokeAsync(Coordinator, Event(cell), cancellationToken);
            await ReportedAsync(reports, cancellationToken);
            rows.Add(Row(cell, outcome, reports));
        }

        return [.. rows];
    }

    // The answer is there before the environment has asked for more work, which ends the invocation.
    private static async Task ReportedAsync(ConcurrentQueue<InvocationReport> reports, CancellationToken cancellationToken)
    {
        for (int pause = 0; pause < ReportPauses && !reports.Any(report => report.Function == Coordinator); pause++)
            await Task.Delay(ReportPause, cancellationToken);
    }

    private FunctionDefinition Function(string name, int memory) =>
        new() { Name = name, Executable = executable, MemoryMegabytes = memory };

    private byte[] Event(SweepCell cell)
    {
        string run = $"{cell.Key}-{DateTime.UtcNow:yyyyMMddHHmmssfff}";
        bool isPaper = cell.Algorithm == "paper";
        CoordinatorEvent asked = new()
        {
            Role = "coordinator",
            Run = run,
            Dataset = cell.Dataset,
            Output = Locations.Absolute("--output", Path.Combine(folder, "runs")),
            Workers = cell.Workers,
            Epochs = cell.Epochs,
            Factors = cell.Factors,
            Algorithm = isPaper ? null : cell.Algorithm,
            Preset = isPaper ? "paper" : null,
            CheckpointEvery = 0,
            WorkerFunction = Worker,
        };
        return JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);
    }

    private SweepRow Row(SweepCell cell, InvokeOutcome outcome, IReadOnlyCollection<InvocationReport> reports)
    {
        SweepRow row = new()
        {
            Key = cell.Key,
            Data = cell.Data,
            Algorithm = cell.Algorithm,
            Workers = cell.Workers,
            Memory = cell.Memory,
            Epochs = cell.Epochs,
            Pass = cell.Pass,
            CpuScale = cpuScale,
        };
        try
        {
            CoordinatorResult result = CoordinatorAnswer.Read(outcome, log: null);
            if (result.State != RunState.Complete || result.Requests is not { } requests)
                return row with { Failure = $"the run is {result.State}, expected {RunState.Complete}" };
            return row with
            {
                Seconds = result.WallSeconds ?? 0,
                EpochMilliseconds = result.RoundMilliseconds ?? [],
                WorkerMegabytes = MemoryOf(reports, Worker),
                CoordinatorMegabytes = MemoryOf(reports, Coordinator),
                ColdStarts = reports.Count(report => report.InitDuration is not null),
                GbSeconds = reports.Sum(report => report.BilledMilliseconds / 1000.0 * report.MemoryMegabytes / 1024),
                Requests = requests.Put + requests.Get + requests.List + requests.Delete + requests.Invoke,
                CostUsd = result.CostUsd ?? 0,
                TestRmse = result.TestRmse,
                ParametersSha256 = result.ParametersSha256,
            };
        }
        catch (CliException problem)
        {
            return row with { Failure = problem.Message };
        }
    }

    private static int MemoryOf(IReadOnlyCollection<InvocationReport> reports, string function) =>
        reports.Where(report => report.Function == function).Select(report => report.MaxMemoryMegabytes).DefaultIfEmpty().Max();
}
