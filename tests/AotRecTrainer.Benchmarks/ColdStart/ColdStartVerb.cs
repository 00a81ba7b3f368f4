using System.Collections.Concurrent;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>
/// Cold starts of the function compiled in three ways. Each is the worker of a little training, so that its first event is a real one:
/// it opens the store, reads round and shard, and computes. The coordinator is the same native program every time.
/// </summary>
internal static class ColdStartVerb
{
    private const string Coordinator = "coordinator";

    // As many ratings as a shard of MovieLens-1M has.
    private static readonly string[] Synthesis = ["--users", "2000", "--items", "3000", "--ratings", "83000"];

    // Long enough for the two events of a training, short enough that processes of past runs do not pile up.
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(ColdStartOptions options)
    {
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        tools.DataPrep(["synth", "--output", workspace["ratings.dat"], .. Synthesis]);
        tools.DataPrep("shard", "--input", workspace["ratings.dat"], "--output", workspace["dataset"], "--shards", "1");
        IReadOnlyList<Variant> variants = Variant.All(options);
        ConcurrentDictionary<string, InvocationReport> first = new(StringComparer.Ordinal);
        await using LocalLambdaServer server = await LocalLambdaServer.StartAsync(new LocalLambdaOptions
        {
            Functions = [Function(Coordinator, variants[0], 1769), .. Trials(options, variants).Select(trial => Function(trial.Name, trial.Variant, trial.Memory))],
            IdleLifetime = IdleLifetime,
            OnReport = report => first.TryAdd(report.Function, report),
        });
        Console.Error.WriteLine(server.Isolation);
        foreach ((string name, _, _) in Trials(options, variants))
        {
            Tools.Run(
                Path.Combine(options.Programs, "aotrec"),
                [
                    "train", "--dataset", workspace["dataset"], "--output", workspace["runs"], "--run", name, "--epochs", "1", "--workers", "1",
                    "--endpoint", server.Endpoint.AbsoluteUri, "--function", Coordinator, "--worker-function", name,
                ],
                []);
        }

        ColdStarts[] results =
        [
            .. from memory in options.Memory
               from variant in variants
               select new ColdStarts(variant, memory, [.. Enumerable.Range(1, options.Runs).Select(run => Cold(first[Name(variant, memory, run)]))]),
        ];
        new ColdStartReport(Machine.Current(), server.Isolation, options, results).Write();
    }

    /// <summary>Every cold start that is measured, the variants in turns. Each has a function of its own, which nothing has warmed.</summary>
    private static IEnumerable<(string Name, Variant Variant, int Memory)> Trials(ColdStartOptions options, IReadOnlyList<Variant> variants) =>
        from run in Enumerable.Range(1, options.Runs)
        from memory in options.Memory
        from variant in variants
        select (Name(variant, memory, run), variant, memory);

    private static string Name(Variant variant, int memory, int run) => $"{variant.Name}-{memory}-{run}";

    private static FunctionDefinition Function(string name, Variant variant, int memory) =>
        new() { Name = name, Executable = variant.Executable, MemoryMegabytes = memory };

    private static InvocationReport Cold(InvocationReport report) => report is { InitDuration: not null, Status: "success" }
        ? report
        : throw new InvalidOperationException($"{report.Function}: expected a cold start that succeeded, was {report}");
}
