using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary><c>aotrec train</c> with work for minutes, for a test to disturb.</summary>
internal sealed class TrainingUnderWay : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _runs;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private TrainingUnderWay(string dataset, string runs, int epochs)
    {
        _runs = runs;

        // A shell starts what it does not wait for with SIGINT ignored, and the tests may be run that way.
        string[] arguments =
        [
            "--default-signal=INT", Checkout.Aotrec, "train", "--dataset", dataset, "--output", runs, "--run", "demo", "--epochs", $"{epochs}",
        ];
        _process = Process.Start(ProgramRun.StartInfo("env", arguments, variables: null))!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The function processes so far, the coordinator first.</summary>
    public int[] FunctionPids => [.. File.ReadAllLines(Path.Combine(_runs, "demo.log")).Select(FunctionLog.InstancePid).OfType<int>().Distinct()];

    /// <summary>The local stand-in, a process of its own.</summary>
    public int StandInPid { get; private set; }

    /// <summary>The stand-in and the function processes so far.</summary>
    public int[] Pids => [StandInPid, .. FunctionPids];

    /// <summary>Epochs done, as far as the run has said.</summary>
    public int Epoch => Status()?.GetProperty("epoch").GetInt32() ?? 0;

    /// <summary>Starts a training and waits until it is in its third epoch.</summary>
    public static async Task<TrainingUnderWay> StartAsync(string dataset, string runs, int epochs = 100_000)
    {
        TrainingUnderWay training = new(dataset, runs, epochs);
        try
        {
            for (Stopwatch watch = Stopwatch.StartNew(); training.Epoch < 2; await Task.Delay(20, TestContext.Current.CancellationToken))
                Assert.True(watch.Elapsed < Patience && !training._process.HasExited, "no training got under way");
            training.StandInPid = Assert.Single(ProcessTable.ChildrenOf(training._process.Id));
            Assert.True(training.FunctionPids.Length >= 4, $"{training.FunctionPids.Length} function processes");
            return training;
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    /// <summary>Where the run stands; null before it said so.</summary>
    public JsonElement? Status()
    {
        string path = Path.Combine(_runs, "demo", "status.json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path)).RootElement : null;
    }

    /// <summary>Sends a signal, by its name, to the command or to one of its processes.</summary>
    public async Task SignalAsync(string signal, int? pid = null) =>
        (await ProgramRun.OfAsync("kill", $"-{signal}", $"{pid ?? _process.Id}")).ShouldSucceed();

    /// <summary>Waits for the command to end.</summary>
    public async Task<ProgramRun> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return new ProgramRun(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits until none of the training's processes is left.</summary>
    public Task AllEndedAsync()
    {
        int[] pids = Pids;
        return Eventually.TrueAsync(() => !Array.Exists(pids, ProcessTable.IsRunning), () => $"the end of processes {string.Join(' ', pids)}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        if (StandInPid != 0) ProcessTable.Kill(StandInPid, Checkout.Aotrec);
        _process.Dispose();
    }
}
