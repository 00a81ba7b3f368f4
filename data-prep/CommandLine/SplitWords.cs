using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Splits;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>Reads the words behind <c>--split</c>.</summary>
internal static class SplitWords
{
    public const string Help = "random, leave-last N or time CUTOFF";

    /// <summary>The options with the split that the words ask for.</summary>
    /// <param name="words">The words; may also come as one with spaces.</param>
    /// <param name="options">The other options.</param>
    /// <exception cref="InputException">The words make no split.</exception>
    public static DatasetWriterOptions Apply(string[] words, DatasetWriterOptions options)
    {
        string[] parts = [.. words.SelectMany(word => word.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        switch (parts)
        {
            case ["random"]:
                return options with { Split = SplitKind.Random };
            case ["leave-last"]:
                return options with { Split = SplitKind.LeaveLast };
            case ["leave-last", var number] when int.TryParse(number, out int count):
                return options with { Split = SplitKind.LeaveLast, LastRatings = count };
            case ["time", var text] when Instant.TryParse(text, out long cutoff):
                return options with { Split = SplitKind.Time, Cutoff = cutoff };
            case ["time", var text]:
                throw new InputException($"--split: '{text}' is neither seconds since 1970 nor a date such as 2000-12-31");
            default:
                throw new InputException($"--split: found '{string.Join(' ', parts)}', expected {Help}");
        }
    }
}
