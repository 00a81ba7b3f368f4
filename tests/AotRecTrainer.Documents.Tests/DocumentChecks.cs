using AotRecTrainer.Documents.Tests.Checking;
using AotRecTrainer.Documents.Tests.Reading;

namespace AotRecTrainer.Documents.Tests;

/// <summary>All that can be wrong with what a page tells people to type.</summary>
internal static class DocumentChecks
{
    /// <summary>The problems of a page, each with what it is about.</summary>
    public static IReadOnlyList<string> Problems(string markdown)
    {
        List<string> problems = [];
        foreach (Block block in Blocks.Of(markdown))
        {
            foreach (ShellCommand command in ShellReader.Commands(block))
            {
                if (Problem(command) is { } problem) problems.Add($"{command}: {problem}");
            }

            foreach (string json in ShellReader.Json(block))
            {
                if (Events.Problem(json) is { } problem) problems.Add($"{json.Trim()}: {problem}");
            }

            if (block.Language is "json") problems.AddRange(Events.Problems(block.Text));
        }

        return problems;
    }

    private static string? Problem(ShellCommand command) => command.Program switch
    {
        "aotrec" or "data-prep" => Programs.Problem(command),
        "aws" => OtherPrograms.Missing is null ? OtherPrograms.Problem(command) : null,
        "docker" or "dotnet" => null,
        _ => Scripts.Problem(command),
    };
}
