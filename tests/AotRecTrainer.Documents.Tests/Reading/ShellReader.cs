using System.Text;
using System.Text.RegularExpressions;

namespace AotRecTrainer.Documents.Tests.Reading;

/// <summary>Reads as much of a shell's language as the pages use: continued lines, comments, quotes, variables, pipes, here-documents.</summary>
internal static partial class ShellReader
{
    private static readonly string[] Programs = ["aotrec", "data-prep", "aws", "docker", "dotnet"];

    /// <summary>The commands of a block that are this project's, or that it tells people to use.</summary>
    public static IEnumerable<ShellCommand> Commands(Block block)
    {
        bool isShell = block.Language is "sh" or "bash";
        if (!isShell && block.Language is not ("" or "inline")) yield break;
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        string text = HereDocument().Replace(block.Text, "").Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            // What an indented line says about its command stands apart from it.
            string typed = isShell || block.Language is "inline" ? line : line.Trim().Split("   ")[0];
            foreach (Match inner in Substitution().Matches(typed)) variables["("] = inner.Groups["text"].Value;
            foreach (string part in Parts(typed).Concat(variables.Remove("(", out string? command) ? [command] : []))
            {
                List<string> words = Words(part, variables);
                while (words.Count > 0 && Assignment().Match(words[0]) is { Success: true } set)
                {
                    variables[set.Groups["name"].Value] = set.Groups["value"].Value;
                    words.RemoveAt(0);
                }

                if (words.Count > 0 && IsOurs(words[0])) yield return new ShellCommand(words, block.Language is "inline");
            }
        }
    }

    /// <summary>The JSON documents that a block hands to a program: here-documents and payloads.</summary>
    public static IEnumerable<string> Json(Block block)
    {
        if (block.Language is not ("sh" or "bash")) return [];
        IEnumerable<string> here = HereDocument().Matches(block.Text).Select(match => match.Groups["text"].Value.Replace("$PWD", "/here", StringComparison.Ordinal));
        return here.Concat(Commands(block).SelectMany(command => command.Words.SkipWhile(word => word != "--payload").Skip(1).Take(1)))
            .Where(text => text.TrimStart().StartsWith('{'));
    }

    private static bool IsOurs(string program) =>
        Programs.Contains(program) || program.StartsWith("scripts/", StringComparison.Ordinal) || program.StartsWith("./scripts/", StringComparison.Ordinal);

    /// <summary>The commands of a line, each until its first pipe, redirection or end, outside of quotes.</summary>
    private static IEnumerable<string> Parts(string line)
    {
        StringBuilder part = new();
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote == '\0' && c == '#' && (part.Length == 0 || part[^1] == ' ')) break;
            if (c is '\'' or '"' && (quote == '\0' || quote == c)) quote = quote == '\0' ? c : '\0';
            if (quote == '\0' && c is '|' or '>' or '<' or ';' or '&')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        yield return part.ToString();
    }

    private static List<string> Words(string text, Dictionary<string, string> variables)
    {
        List<string> words = [];
        foreach (Match word in Word().Matches(text))
        {
            // Only a variable that stands alone is split into words, as the shell does it.
            if (word.Value.StartsWith('$') && variables.TryGetValue(word.Value[1..], out string? value)) words.AddRange(value.Split(' '));
            else words.Add(word.Value.Replace("\"", "", StringComparison.Ordinal) is var plain && word.Value.Contains('\'', StringComparison.Ordinal)
                ? word.Value.Replace("'", "", StringComparison.Ordinal)
                : plain);
        }

        return words;
    }

    [GeneratedRegex(@"<<(?<word>\w+)\n(?<text>.*?)^\k<word>$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HereDocument();

    [GeneratedRegex(@"\$\((?<text>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Substitution();

    [GeneratedRegex("^(?<name>[A-Za-z_]+)=(?<value>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex("""(?:[^\s'"]|'[^']*'|"[^"]*")+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
