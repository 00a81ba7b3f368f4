using AotRecTrainer.Cli.Local;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;

namespace AotRecTrainer.Cli.Output;

/// <summary>Says how to come back to a run that this command leaves.</summary>
internal static class ComingBack
{
    /// <summary>To a run that goes on by itself.</summary>
    public static async Task<int> SayAsync(TextWriter output, RunFolder folder)
    {
        await output.WriteLineAsync($"run {folder.Run} goes on without this command; to come back to it:");
        foreach (string command in (string[])["status --follow", "logs --follow", "cancel"])
            await output.WriteLineAsync($"  aotrec {command} {folder.Location}");
        return ExitCode.GoesOn;
    }

    /// <summary>To a run that has ended before its time; nothing of one that never began.</summary>
    public static async Task SayResumeAsync(TextWriter output, RunFolder folder)
    {
        using IObjectStore store = ObjectStores.Open(folder.Output);
        if (await store.GetLengthAsync(new RunKeys(folder.Run).Lease) is not null) await output.WriteLineAsync(ResumeLine(folder));
    }

    /// <summary>The command that goes on with a run.</summary>
    public static string ResumeLine(RunFolder folder) => $"to go on: aotrec train --resume --run {folder.Run} --output {folder.Output}";
}
