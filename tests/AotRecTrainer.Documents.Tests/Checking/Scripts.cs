using System.Collections.Concurrent;
using System.Diagnostics;
using AotRecTrainer.Documents.Tests.Reading;

namespace AotRecTrainer.Documents.Tests.Checking;

/// <summary>Commands of scripts/: the script is there, and its help knows every option and, where it has verbs, the verb.</summary>
internal static class Scripts
{
    private static readonly ConcurrentDictionary<string, string> Helps = new(StringComparer.Ordinal);
    private static readonly string[] WithVerbs = ["bench.sh", "image.sh"];

    /// <summary>What is wrong with a command; null when nothing is.</summary>
    public static string? Problem(ShellCommand command)
    {
        string path = Path.GetFullPath(Path.Combine(Document.Root, command.Program));
        if (!File.Exists(path)) return $"there is no {command.Program}";
        if (Path.GetFileName(path) is "aotrec" or "data-prep") return Programs.Problem(command);
        if (Path.GetExtension(path) is not ".sh" || command.Program.Contains("/lib/", StringComparison.Ordinal)) return null;
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute)) return $"{command.Program} is not executable";
        string help = Helps.GetOrAdd(path, Help);
        string[] words = help.Split([' ', '\n', '\t', '[', ']', ':', '|', ',', '=', '\''], StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in command.Words.Skip(1))
        {
            if (word.StartsWith('-') && word != "--help" && !words.Contains(word)) return $"its help knows no {word}";
        }

        bool needsVerb = WithVerbs.Contains(Path.GetFileName(path)) && command.Words.Count > 1 && !command.Words[1].StartsWith('-');
        return needsVerb && !words.Contains(command.Words[1]) ? $"its help knows no {command.Words[1]}" : null;
    }

    private static string Help(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo(script, ["--help"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        string help = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? help : throw new InvalidOperationException($"{script} --help ended with {process.ExitCode}");
    }
}
