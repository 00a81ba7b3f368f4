using System.Text.RegularExpressions;

namespace AotRecTrainer.Documents.Tests.Reading;

/// <summary>Takes a page's code out of it.</summary>
internal static partial class Blocks
{
    public static IEnumerable<Block> Of(string markdown)
    {
        foreach (Match fence in Fence().Matches(markdown)) yield return new Block(fence.Groups["language"].Value, fence.Groups["text"].Value);
        string rest = Fence().Replace(markdown, "\n");
        foreach (Match indented in Indented().Matches(rest)) yield return new Block("", Margin().Replace(indented.Value, ""));
        foreach (Match inline in Inline().Matches(Indented().Replace(rest, "\n"))) yield return new Block("inline", inline.Groups["text"].Value.ReplaceLineEndings(" "));
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<=\n\n)(    \S[^\n]*\n)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indented();

    [GeneratedRegex("^    ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Margin();

    [GeneratedRegex("(?<!`)`(?<text>[^`]+)`(?!`)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();
}
