using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

public sealed class CancellationTests
{
    [Theory, InlineData("shard", "--input", "IN/in", "--output", "IN/out"), InlineData("synth", "--output", "IN/out.dat")]
    public async Task AnyCommand_CancelledBeforehand_FailsAndLeavesNothing(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("in", Ratings.Dat);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Outcome outcome = await InProcess.RunAsync(
            cancelled.Token, [.. arguments.Select(argument => argument.Replace("IN", folder.Path, StringComparison.Ordinal))]);
        Assert.Equal((1, "cancelled; nothing half-written was left"), (outcome.ExitCode, outcome.Problem));
        Assert.Equal(["in"], folder.Files);
    }
}
