using System.Diagnostics;
using AotRecTrainer.EndToEnd.Tests.Support;

namespace AotRecTrainer.EndToEnd.Tests.Chaos;

/// <summary>Kills a function process with SIGKILL, again and again at random, until disposed. It takes only processes of its service.</summary>
internal sealed class Assassin : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <param name="service">Whose processes are killed.</param>
    /// <param name="victims">Those that may be, of the processes in the service's log.</param>
    /// <param name="seed">What time and victim are drawn from.</param>
    /// <param name="pause">The longest time between two kills; half of it is the mean.</param>
    public Assassin(LocalService service, Func<string[], int[]> victims, int seed, TimeSpan pause) =>
        _work = WorkAsync(service, victims, new Random(seed), pause);

    /// <summary>How many were killed so far.</summary>
    public int Kills { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync(LocalService service, Func<string[], int[]> victims, Random random, TimeSpan pause)
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(pause * random.NextDouble(), _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            int[] alive = [.. victims(service.Log).Where(IsFunction)];
            if (!_stop.IsCancellationRequested && alive.Length > 0 && Kill(alive[random.Next(alive.Length)])) Kills++;
        }
    }

    private static bool Kill(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            process.Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has just ended by itself.
            return false;
        }
    }

    /// <summary>Whether the process is still the one that the log named: its number may have gone to another program.</summary>
    private static bool IsFunction(int pid)
    {
        FileInfo program = new($"/proc/{pid}/exe");
        try
        {
            return program.LinkTarget == Checkout.Bootstrap;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
