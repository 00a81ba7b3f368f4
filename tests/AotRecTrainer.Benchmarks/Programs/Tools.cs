using System.Diagnostics;

namespace AotRecTrainer.Benchmarks.Programs;

/// <summary>The product's programs, run as a user runs them.</summary>
/// <param name="folder">Where the published programs are.</param>
internal sealed class Tools(string folder)
{
    /// <summary>Runs <c>data-prep</c>; returns what it printed.</summary>
    public string DataPrep(params string[] arguments) => Run(Path.Combine(folder, "data-prep"), arguments, []);

    /// <summary>Trains in one function process and returns what came of it.</summary>
    /// <param name="workspace">Folder for the run.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="threads">Threads of the function.</param>
    /// <param name="options">Further options of <c>aotrec train</c>, <c>--workers</c> among them.</param>
    public TrainingOutcome Train(string workspace, string dataset, int threads, params string[] options)
    {
        string result = Path.Combine(workspace, "result.json");
        string output = Path.Combine(workspace, "runs");
        long started = Stopwatch.GetTimestamp();
        Run(
            Path.Combine(folder, "aotrec"), ["train", "--dataset", dataset, "--output", output, "--json", result, .. options],
            [("AOTREC_THREADS", threads.ToString())]);
        return TrainingOutcome.Read(result, output, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Runs a program to its end; returns its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has the last line it said.</exception>
    public static string Run(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        ProcessStartInfo info = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables) info.Environment[name] = value;
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result.TrimEnd().Split('\n')[^1]}");
    }
}
