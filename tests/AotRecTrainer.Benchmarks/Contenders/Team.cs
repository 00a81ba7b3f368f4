namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>Threads that work on the parts of a pass; they wait actively, for passes take less time than waking up.</summary>
internal sealed class Team : IDisposable
{
    private readonly Action<int, Team> _work;
    private readonly Thread[] _helpers;
    private int _pass;
    private int _arrived;
    private int _phase;
    private volatile bool _stop;

    /// <param name="size">Number of threads, the caller's included.</param>
    /// <param name="work">What each does in a pass, given its number.</param>
    public Team(int size, Action<int, Team> work)
    {
        Size = size;
        _work = work;
        _helpers = [.. Enumerable.Range(1, size - 1).Select(number => new Thread(() => Help(number)) { IsBackground = true })];
        foreach (Thread helper in _helpers)
        {
            helper.Start();
        }
    }

    public int Size { get; }

    /// <summary>One pass of every thread; returns when all are done.</summary>
    public void Run()
    {
        Interlocked.Increment(ref _pass);
        _work(0, this);
        Meet();
    }

    /// <summary>Waits, inside a pass, until every thread has come here.</summary>
    public void Meet()
    {
        int phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _arrived) == Size)
        {
            _arrived = 0;
            Volatile.Write(ref _phase, phase + 1);
            return;
        }

        while (Volatile.Read(ref _phase) == phase)
        {
            Thread.SpinWait(10);
        }
    }

    public void Dispose()
    {
        _stop = true;
        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }
    }

    private void Help(int number)
    {
        int seen = 0;
        while (true)
        {
            // Idle between samples: others are being measured, so that an active wait would take their processor away.
            var idle = new SpinWait();
            while (Volatile.Read(ref _pass) == seen)
            {
                if (_stop)
                {
                    return;
                }

                idle.SpinOnce();
            }

            seen++;
            _work(number, this);
            Meet();
        }
    }
}
