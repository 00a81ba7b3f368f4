namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Words for how a process ended, as the service has them.</summary>
internal static class ExitText
{
    /// <summary>
    /// The message of a <c>Runtime.ExitError</c>. The runtime reports a signal as 128 plus its number, which is how a shell
    /// does it and how a program that exits with such a status by itself is read too.
    /// </summary>
    public static string Describe(int exitCode) => exitCode switch
    {
        0 => "Runtime exited without providing a reason",
        129 => "Runtime exited with error: signal: hangup",
        130 => "Runtime exited with error: signal: interrupt",
        131 => "Runtime exited with error: signal: quit",
        132 => "Runtime exited with error: signal: illegal instruction",
        133 => "Runtime exited with error: signal: trace/breakpoint trap",
        134 => "Runtime exited with error: signal: aborted",
        135 => "Runtime exited with error: signal: bus error",
        136 => "Runtime exited with error: signal: floating point exception",
        137 => "Runtime exited with error: signal: killed",
        139 => "Runtime exited with error: signal: segmentation fault",
        141 => "Runtime exited with error: signal: broken pipe",
        143 => "Runtime exited with error: signal: terminated",
        _ => $"Runtime exited with error: exit status {exitCode}",
    };
}
