using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>The program as a process of its own, as built beside the tests; killed with its disposal when it still runs.</summary>
internal sealed partial class ProgramProcess : IDisposable
{
    private const int SigInt = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errors;

    private ProgramProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                lock (_error)
                {
                    _error.Append(line).Append('\n');
                }
            }
        });
    }

    /// <summary>What came over the error stream so far.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public static ProgramProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "data-prep"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ProgramProcess(Process.Start(start)!);
    }

    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using ProgramProcess program = Start(arguments);
        return await program.EndAsync();
    }

    /// <summary>Waits until a condition holds while the program runs.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.False(_process.HasExited, $"the program ended early: {ErrorSoFar}");
            Assert.True(watch.Elapsed < s_patience, $"nothing happened for {s_patience}: {ErrorSoFar}");
            await Task.Delay(5);
        }
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt()
    {
        if (SendSignal(_process.Id, SigInt) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>What <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end.</summary>
    public async Task<Outcome> EndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        await _errors;
        return new Outcome(_process.ExitCode, await _output, ErrorSoFar);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
