using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Somebody else's client of the service, run to its end: its exit code and what it wrote.</summary>
internal sealed record ClientRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What it wrote, as the JSON that it should be; fails with everything it wrote when it did not end well.</summary>
    public JsonNode Json
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
            return JsonNode.Parse(Output)!;
        }
    }

    /// <summary>Runs a program with credentials that nobody checks and nothing else of AWS, neither variables nor files.</summary>
    public static async Task<ClientRun> OfAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        IDictionary<string, string?> variables = info.Environment;
        foreach (string name in variables.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            variables.Remove(name);
        variables["AWS_ACCESS_KEY_ID"] = variables["AWS_SECRET_ACCESS_KEY"] = "test";
        variables["AWS_DEFAULT_REGION"] = "us-east-1";
        variables["AWS_CONFIG_FILE"] = variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        variables["AWS_MAX_ATTEMPTS"] = "1";
        variables["AWS_PAGER"] = "";
        using Process process = Process.Start(info)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ClientRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s", late);
        }
    }

    /// <summary>The full path of a program on PATH; null when there is none.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);
}
