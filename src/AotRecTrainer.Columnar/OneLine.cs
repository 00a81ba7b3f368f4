namespace AotRecTrainer.Columnar;

/// <summary>Messages name columns by what the file says, which may be anything: they are kept to one line of bearable length.</summary>
internal static class OneLine
{
    private const int Longest = 500;

    /// <summary>The text without control characters, cut where it is too long.</summary>
    public static string Of(string text)
    {
        string cut = text.Length <= Longest ? text : text[..Longest] + "...";
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : cut;
    }
}
