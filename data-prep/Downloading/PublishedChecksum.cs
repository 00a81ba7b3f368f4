using System.Text.RegularExpressions;

namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>Reads the MD5 that is published beside a file, in either of the usual forms.</summary>
internal static partial class PublishedChecksum
{
    /// <summary>The longest text that is taken for one.</summary>
    public const int CharactersMax = 4096;

    /// <summary>The checksum of a file, 32 hexadecimal digits in small letters; null when the text has none for it.</summary>
    /// <param name="text"><c>MD5 (ml-1m.zip) = 0123...</c>, or <c>0123...  ml-1m.zip</c>, or the digits alone; may have several lines.</param>
    /// <param name="fileName">The file's name.</param>
    public static string? Find(string text, string fileName)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Line().Match(line);
            if (match.Success && (!match.Groups["name"].Success || Path.GetFileName(match.Groups["name"].Value) == fileName))
            {
                return match.Groups["md5"].Value.ToLowerInvariant();
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"^(?:MD5 ?\((?<name>.+)\) ?= ?(?<md5>[0-9A-Fa-f]{32})|(?<md5>[0-9A-Fa-f]{32})(?:[ \t]+\*?(?<name>.+))?)$",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
