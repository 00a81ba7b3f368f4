using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary><c>aotrec train</c> on a terminal, which util-linux's <c>script</c> provides.</summary>
public sealed class TerminalTests(PlantedDataset data)
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task Train_OnATerminal_DrawsABarAndThenTheSummary()
    {
        string screen = await TrainAsync("xterm-256color");
        Assert.Contains("━", screen, StringComparison.Ordinal);
        Assert.Contains("%", screen, StringComparison.Ordinal);
        Assert.Matches(@"\d+/1000  RMSE \d\.\d{4}  held-out \d\.\d{4}  \d+ s left  \$\d", screen);
        Assert.Contains($"{Escape}[", screen, StringComparison.Ordinal);
        Assert.Contains("run       demo: 1000 epochs", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OnADumbTerminal_WritesPlainLines()
    {
        string screen = await TrainAsync("dumb");
        Assert.DoesNotContain(Escape, screen);
        Assert.DoesNotContain("━", screen, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^epoch \d+/1000  train RMSE", screen);
        Assert.Contains("run       demo: 1000 epochs", screen, StringComparison.Ordinal);
    }

    private async Task<string> TrainAsync(string term)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no /usr/bin/script (util-linux) to provide a terminal");
        using TemporaryFolder folder = new();
        string command = $"'{Checkout.Aotrec}' train --dataset '{data.Path}' --output '{folder.Path}' --run demo --workers 0 --epochs 1000";
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["TERM"] = term };
        ProgramRun run = (await ProgramRun.OfAsync("script", ["--quiet", "--return", "--command", command, "/dev/null"], variables)).ShouldSucceed();
        return run.Output;
    }
}
