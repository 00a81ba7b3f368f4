using System.Diagnostics;
using AotRecTrainer.Documents.Tests.Reading;

namespace AotRecTrainer.Documents.Tests.Checking;

/// <summary>Commands of the AWS CLI, looked at by itself where it is on the path: with an option that it cannot know, it does nothing
/// but name all that it does not know.</summary>
internal static class OtherPrograms
{
    // Of version 2 alone, as the page says.
    private const string VersionTwoOption = "--cli-binary-format";
    private const string Unknown = "--no-such-option";

    /// <summary>Why commands of the AWS CLI cannot be looked at; null when they can.</summary>
    public static string? Missing { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "aws"))) ? null : "the AWS CLI is not on the path (scripts/test.sh installs it)";

    /// <summary>What is wrong with a command; null when nothing is.</summary>
    public static string? Problem(ShellCommand command)
    {
        List<string> words = [.. command.Words.Skip(1)];
        int newer = words.IndexOf(VersionTwoOption);
        if (newer >= 0) words.RemoveRange(newer, 2);
        ProcessStartInfo start = new("aws", [.. words, Unknown])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string said = process.StandardError.ReadToEnd() + output.Result;
        process.WaitForExit();
        string last = said.Trim().Split('\n')[^1];
        return last.EndsWith($"Unknown options: {Unknown}", StringComparison.Ordinal) ? null : last;
    }
}
