using System.Diagnostics;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A program run to its end: its exit code and what it wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a program; one that does not end in time is killed with what it started, and the test fails.</summary>
    public static Task<ProgramRun> OfAsync(string program, params string[] arguments) => OfAsync(program, arguments, variables: null);

    /// <inheritdoc cref="OfAsync(string, string[])"/>
    public static async Task<ProgramRun> OfAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? variables, string? folder = null)
    {
        using Process process = Process.Start(StartInfo(program, arguments, variables, folder))!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s", late);
        }
    }

    /// <summary>How a program is started: streams redirected, nothing of AWS inherited but what is given.</summary>
    public static ProcessStartInfo StartInfo(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? variables, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        return start;
    }

    /// <summary>Fails with everything that the program wrote unless it ended well.</summary>
    public ProgramRun ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Fails unless it ended with this exit code and one line on standard error that has the given text.</summary>
    public void ShouldFail(int exitCode, string text)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Output}\n{Error}");
        string line = Assert.Single(ErrorLines);
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(text, line, StringComparison.Ordinal);
    }
}
