using System.Globalization;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>The command line of the verb <c>cold-start</c>.</summary>
/// <param name="Programs">Folder of the native programs.</param>
/// <param name="Jit">Folder of the function compiled when it runs.</param>
/// <param name="ReadyToRun">Folder of the function as ReadyToRun.</param>
/// <param name="Results">Folder of results by processor.</param>
/// <param name="Runs">Cold starts of every variant and memory size.</param>
/// <param name="Memory">Memory sizes in megabytes.</param>
/// <param name="Json">File for the figures; null writes none.</param>
/// <param name="Images">File with the images' sizes; null where none were built.</param>
internal sealed record ColdStartOptions(
    string Programs, string Jit, string ReadyToRun, string Results, int Runs, IReadOnlyList<int> Memory, string? Json, string? Images)
{
    /// <exception cref="ArgumentException">An option is unknown, without a value, missing or out of range.</exception>
    public static ColdStartOptions Parse(string[] arguments)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal) { ["--runs"] = "20", ["--memory"] = "512,1024,1769" };
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--programs" or "--jit" or "--r2r" or "--results" or "--runs" or "--memory" or "--json" or "--images"))
                throw new ArgumentException($"unknown option '{arguments[i]}'");
            values[arguments[i]] = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value");
        }

        return new ColdStartOptions(
            Needed("--programs"),
            Needed("--jit"),
            Needed("--r2r"),
            Needed("--results"),
            Number("--runs", values["--runs"], 1, 1000),
            [.. values["--memory"].Split(',').Select(size => Number("--memory", size, 128, 10_240))],
            values.GetValueOrDefault("--json"),
            values.GetValueOrDefault("--images"));

        string Needed(string name) => values.GetValueOrDefault(name) ?? throw new ArgumentException($"{name} is missing");
    }

    private static int Number(string option, string text, int low, int high) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high
            ? number
            : throw new ArgumentException($"{option} '{text}', expected a number from {low} to {high}");
}
