namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Looks at processes by id.</summary>
internal static class Processes
{
    /// <summary>Whether it runs; one that has ended and was not yet waited for counts as ended.</summary>
    public static bool IsAlive(int id) => State(id) is not (null or 'Z' or 'X');

    public static Task EndedAsync(int id) => Eventually.Async(() => IsAlive(id), alive => !alive);

    /// <summary>The state letter of <c>/proc/PID/stat</c>; null when there is no such process.</summary>
    public static char? State(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }
}
