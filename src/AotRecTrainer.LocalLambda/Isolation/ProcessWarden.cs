using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>
/// A shell that sends signals for the server, which has no call for that, and that kills the processes it watches should the server
/// die without having done so: a frozen one would stay for ever. Thread-safe.
/// </summary>
internal sealed class ProcessWarden : IAsyncDisposable
{
    // Ctrl-C goes to every process of a terminal; this one must outlive the server, and ends when its input does.
    private const string Script = """
        trap '' HUP INT QUIT TERM
        list=' '
        while read -r command pid; do
            case $command in
                watch) list="$list$pid " ;;
                forget) case $list in *" $pid "*) list="${list%% $pid *} ${list#* $pid }" ;; esac ;;
                *) kill -s "$command" "$pid" 2>/dev/null ;;
            esac
        done
        [ "$list" = ' ' ] || kill -s KILL $list 2>/dev/null
        """;

    private readonly Lock _gate = new();
    private readonly Process _shell;

    private ProcessWarden(Process shell) => _shell = shell;

    /// <summary>Starts the shell.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is none.</exception>
    public static ProcessWarden Start()
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", Script]) { UseShellExecute = false, RedirectStandardInput = true };
        Process shell = Process.Start(info) ?? throw new InvalidOperationException("no process was started");
        shell.StandardInput.AutoFlush = true;
        return new ProcessWarden(shell);
    }

    /// <summary>From now on the process is killed if the server dies.</summary>
    public void Watch(int processId) => Send("watch", processId);

    /// <summary>The process has ended.</summary>
    public void Forget(int processId) => Send("forget", processId);

    /// <summary>Stops the process where it is. Signals reach a process in the order of the calls.</summary>
    public void Freeze(int processId) => Send("STOP", processId);

    /// <summary>Lets the process go on; false when that cannot be.</summary>
    public bool Thaw(int processId) => Send("CONT", processId);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private bool Send(string command, int processId)
    {
        try
        {
            lock (_gate)
                _shell.StandardInput.Write($"{command} {processId}\n");
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }
}
