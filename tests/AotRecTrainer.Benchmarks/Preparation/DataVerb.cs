using System.Diagnostics;
using System.Globalization;
using AotRecTrainer.Benchmarks.Programs;

namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>
/// A text of 1,000,209 ratings to 12 sorted, Snappy-compressed shards: <c>data-prep shard</c> and DuckDB taking turns; and how fast one
/// core decodes the shards, beside a plain copy of as many bytes.
/// </summary>
internal static class DataVerb
{
    private const int Rounds = 9;
    private const string Shards = "12";

    public static void Run(ProgramsOptions options)
    {
        string script = options.Script ?? throw new ArgumentException("--script is needed: DuckDB's part");
        string packages = options.Packages ?? throw new ArgumentException("--packages is needed: the folder with DuckDB in its node_modules");
        using Workspace workspace = new();
        string dataPrep = Path.Combine(options.Programs, "data-prep"), input = workspace["ratings.dat"], output = workspace["shards"];
        Tools.Run(dataPrep, ["synth", "--output", input], []);
        List<ShardingTimes> times = [];
        foreach (int threads in Enumerable.Range(1, Math.Min(2, Environment.ProcessorCount)))
        {
            string[] cores = ["-c", threads == 1 ? "0" : "0,1"];
            List<double> ours = [], theirs = [];
            for (int round = 1; round <= Rounds; round++)
            {
                Console.Error.WriteLine($"{threads} threads, round {round} of {Rounds}");
                Remove(output);
                long started = Stopwatch.GetTimestamp();
                Tools.Run("taskset", [.. cores, dataPrep, "shard", "--input", input, "--output", output], []);
                ours.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                Remove(output);
                theirs.Add(double.Parse(
                    Tools.Run("taskset", [.. cores, "node", script, packages, input, output, Shards, threads.ToString()], []),
                    CultureInfo.InvariantCulture));
            }

            times.Add(new ShardingTimes(threads, ours, theirs));
        }

        Remove(output);
        Tools.Run(dataPrep, ["shard", "--input", input, "--output", output], []);
        DataReport.Write(options, times, DecodingSpeed.Measure(Path.Combine(output, "train")));
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
