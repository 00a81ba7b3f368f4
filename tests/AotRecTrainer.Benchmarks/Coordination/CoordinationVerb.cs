using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;
using AotRecTrainer.Storage;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Benchmarks.Coordination;

/// <summary>What a round costs beyond its slowest worker's computing: both exchanges, few and many workers, a directory and an S3 server.</summary>
internal static partial class CoordinationVerb
{
    private const string Bucket = "aotrec-coordination";
    private const int ProbeRequests = 100;
    private const int ProbeBytes = 200_000;

    // Enough that medians stand still; fewer where every request takes milliseconds of a server's time.
    private const int EpochsDirectory = 105;
    private const int EpochsS3 = 35;

    public static async Task RunAsync(ProgramsOptions options)
    {
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        tools.DataPrep("synth", "--output", workspace["ratings.dat"]);
        tools.DataPrep("shard", "--input", workspace["ratings.dat"], "--output", workspace["dataset"]);
        await using S3TestServer? server = await S3TestServer.TryStartAsync(reason => Console.Error.WriteLine($"without S3: {reason}"));
        server?.UseInThisProcess();
        if (server is not null) await server.CreateBucketAsync(Bucket);
        List<Rounds> rounds = [];
        foreach (Setting setting in Setting.All.Where(setting => setting.Store == "directory" || server is not null))
        {
            Console.Error.WriteLine($"{setting.Exchange}, {setting.Store}, {setting.Workers} workers");
            rounds.Add(await MeasureAsync(options, workspace, setting));
        }

        (double Put, double Get)? request = server is null ? null : await ProbeAsync();
        new CoordinationReport(Machine.Current(), rounds, server?.Name, request).Write(options);
    }

    private static async Task<Rounds> MeasureAsync(ProgramsOptions options, Workspace workspace, Setting setting)
    {
        bool isS3 = setting.Store == "S3";
        string run = $"{setting.Exchange}-{setting.Workers}";
        string output = isS3 ? $"s3://{Bucket}/runs" : workspace["runs"];
        string printed = Tools.Run(
            Path.Combine(options.Programs, "aotrec"),
            [
                "train", "--dataset", workspace["dataset"], "--output", output, "--run", run, "--json", workspace["result.json"],
                "--exchange", setting.Exchange, "--workers", $"{setting.Workers}", "--epochs", $"{(isS3 ? EpochsS3 : EpochsDirectory)}", "--checkpoint-every", "0",
            ],
            [("AOTREC_THREADS", "1")]);
        string metrics = await ReadAsync(output, $"{run}/metrics.jsonl");
        return Rounds.Read(setting, workspace["result.json"], metrics, File.ReadAllText(LogPath().Match(printed).Groups["path"].Value));
    }

    private static async Task<string> ReadAsync(string output, string key)
    {
        using IObjectStore store = ObjectStores.Open(output);
        return Encoding.UTF8.GetString(await store.GetAsync(key) ?? throw new InvalidOperationException($"{key} is not in {store.Location}"));
    }

    /// <summary>Milliseconds of one request of a shard's size when there is no other.</summary>
    private static async Task<(double Put, double Get)> ProbeAsync()
    {
        using IObjectStore store = ObjectStores.Open($"s3://{Bucket}/probe");
        byte[] content = new byte[ProbeBytes];
        double put = await TimeAsync(async () => await store.PutAsync("probe", content));
        return (put, await TimeAsync(async () => await store.GetAsync("probe")));
    }

    private static async Task<double> TimeAsync(Func<Task> request)
    {
        double[] times = new double[ProbeRequests];
        for (int i = 0; i < times.Length; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await request();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times.Order().ElementAt(times.Length / 2);
    }

    [GeneratedRegex(@"^log\s+(?<path>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogPath();
}
