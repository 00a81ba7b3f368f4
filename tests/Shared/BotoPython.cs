using System.Diagnostics;

namespace AotRecTrainer.Testing;

/// <summary>A Python that has boto3, AWS's SDK for it.</summary>
/// <remarks>
/// Link it into a test project: <c>&lt;Compile Include="../Shared/BotoPython.cs" Link="Shared/BotoPython.cs" /&gt;</c>.
/// </remarks>
internal static class BotoPython
{
    /// <summary>Why there is none: the reason to skip with.</summary>
    public const string Reason = "no python3 that can import boto3 was found (scripts/test.sh installs one, or: apt-get install python3-boto3)";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The full path of the interpreter; null where none has it.</summary>
    public static string? Path => Found.Value;

    // Which Python has the package differs: that on the path, the system's, or the one that moto was installed for.
    private static string? Find()
    {
        string?[] candidates = [OnPath("python3"), "/usr/bin/python3", InterpreterOf(OnPath("moto_server"))];
        return candidates.OfType<string>().Where(File.Exists).FirstOrDefault(CanImport);
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Join(folder, program))
        .FirstOrDefault(File.Exists);

    private static string? InterpreterOf(string? script)
    {
        string? line = script is null ? null : File.ReadLines(script).FirstOrDefault();
        return line is not null && line.StartsWith("#!", StringComparison.Ordinal) ? line[2..].Trim() : null;
    }

    private static bool CanImport(string python)
    {
        ProcessStartInfo start = new(python, ["-c", "import boto3"]) { UseShellExecute = false, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
