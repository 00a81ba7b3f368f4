using System.Collections.Concurrent;
using System.Text;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Benchmarks.Recommending;

/// <summary>How long a function takes to recommend that has the model already: to known users, to new ones, and items like an item.</summary>
internal static class RecommendVerb
{
    private const string Function = "aotrec";
    private const int Items = 100_000;
    private const int Factors = 32;
    private const int MemoryMegabytes = 1769;
    private const int Answers = 300;
    private const int ReportPauses = 1000;
    private static readonly TimeSpan ReportPause = TimeSpan.FromMilliseconds(10);

    // Enough for a model of so many items; how good it is changes nothing here.
    private static readonly string[] Synthesis = ["--users", "20000", "--items", $"{Items}", "--ratings", "2000000"];

    private static readonly (string Question, Func<int, string> Fields)[] Questions =
    [
        ("a known user", index => $"\"user\":\"{index + 1}\""),
        ("a new user with five ratings", index => $"\"ratings\":{{{string.Join(',', Enumerable.Range(1, 5).Select(item => $"\"{index + (item * 100)}\":{item}"))}}}"),
        ("items like an item", index => $"\"similarTo\":\"{index + 1}\""),
    ];

    public static async Task RunAsync(ProgramsOptions options)
    {
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        tools.DataPrep(["synth", "--output", workspace["ratings.dat"], .. Synthesis]);
        tools.DataPrep("shard", "--input", workspace["ratings.dat"], "--output", workspace["dataset"]);
        tools.Train(workspace.Folder, workspace["dataset"], threads: 1, "--run", "run", "--workers", "0", "--epochs", "2", "--factors", $"{Factors}");
        ConcurrentQueue<InvocationReport> reports = [];
        await using LocalLambdaServer server = await LocalLambdaServer.StartAsync(new LocalLambdaOptions
        {
            Functions = [new FunctionDefinition { Name = Function, Executable = Path.Combine(options.Programs, "bootstrap"), MemoryMegabytes = MemoryMegabytes }],
            OnReport = reports.Enqueue,
        });
        using HttpClient client = new() { BaseAddress = server.Endpoint };
        string model = new Uri(workspace["runs/run/model"]).AbsoluteUri;
        List<RecommendTimes> measured = [];
        foreach ((string question, Func<int, string> fields) in Questions)
        {
            // The first of a kind reads what the ones after it find there.
            await AskAsync(client, reports, model, fields(0));
            InvocationReport[] warm = new InvocationReport[Answers];
            for (int i = 0; i < Answers; i++) warm[i] = await AskAsync(client, reports, model, fields(i));
            measured.Add(new RecommendTimes(question, [.. warm.Select(report => report.Duration.TotalMilliseconds)], warm.Max(report => report.MaxMemoryMegabytes)));
        }

        new RecommendReport(Machine.Current(), server.Isolation, Items, Factors, MemoryMegabytes, measured).Write(options);
    }

    private static async Task<InvocationReport> AskAsync(HttpClient client, ConcurrentQueue<InvocationReport> reports, string model, string fields)
    {
        using StringContent content = new($"{{\"role\":\"recommend\",\"model\":\"{model}\",{fields},\"count\":10}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync($"2015-03-31/functions/{Function}/invocations", content);
        string body = await answer.Content.ReadAsStringAsync();
        if (!body.Contains("\"items\":[{", StringComparison.Ordinal)) throw new InvalidOperationException($"expected recommended items, found {body}");

        // The answer is there before the function has asked for more work, which ends the invocation.
        for (int pause = 0; pause < ReportPauses; pause++)
        {
            if (reports.TryDequeue(out InvocationReport? report)) return report;
            await Task.Delay(ReportPause);
        }

        throw new InvalidOperationException("an invocation has not ended");
    }
}
