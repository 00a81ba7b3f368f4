using System.Text.RegularExpressions;
using AotRecTrainer.Documents.Tests.Reading;
using Xunit;

namespace AotRecTrainer.Documents.Tests;

/// <summary>Every line that docs/operations.md quotes in the first column of a table is one that the sources print.</summary>
public sealed partial class OperationsTests
{
    private const int LengthMin = 10;

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Files().Select(File.ReadAllText).Select(Literals)));

    public static TheoryData<string> Quotes => [.. Rows().Matches(Page).Select(row => row.Groups["quote"].Value)];

    private static string Page => Document.All.Single(page => page.Name == "docs/operations.md").Text;

    [Theory]
    [MemberData(nameof(Quotes))]
    public void Operations_Quote_IsInTheSources(string quote) => Assert.Empty(Unknown(quote));

    [Fact]
    public void Operations_Quotes_AreSeen() => Assert.InRange(Quotes.Count, 60, 200);

    [Theory]
    [InlineData("run \"…\" exists already in …; choose another name, or resume it", "run \"…\" exists already in …; choose some other name, or resume it")]
    [InlineData("Task timed out after … seconds", "The task timed out after … seconds")]
    public void Quote_WithAMistake_IsUnknown(string right, string wrong)
    {
        Assert.Empty(Unknown(right));
        Assert.Single(Unknown(wrong));
    }

    /// <summary>What of a quote no source has; the whole of it when nothing is long enough to look for.</summary>
    private static string[] Unknown(string quote)
    {
        string[] fragments = [.. quote.Split('…').Where(fragment => fragment.Length >= LengthMin)];
        return fragments.Length == 0 ? [quote] : [.. fragments.Where(fragment => !Sources.Value.Contains(fragment, StringComparison.Ordinal))];
    }

    /// <summary>A source with its literals as they are printed: quotes without backslashes, and the parts of a sum as one.</summary>
    private static string Literals(string source) =>
        Seams().Replace(source, "").Replace("\\\"", "\"", StringComparison.Ordinal);

    private static IEnumerable<string> Files() =>
        from folder in (string[])["src", "data-prep", "scripts"]
        from file in Directory.EnumerateFiles(Path.Combine(Document.Root, folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".sh" && !Made().IsMatch(file)
        select file;

    [GeneratedRegex("^\\| `(?<quote>[^`]*(…|[a-z] [a-z])[^`]*)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();

    [GeneratedRegex("(?<!\\\\)\"\\s*\\+ \\$?\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seams();

    [GeneratedRegex("/(bin|obj|node_modules)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();
}
