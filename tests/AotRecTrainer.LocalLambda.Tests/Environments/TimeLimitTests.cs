using AotRecTrainer.LocalLambda.Environments;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class TimeLimitTests
{
    [Fact]
    public async Task Start_NotStopped_RunsTheActionOnce()
    {
        int passed = 0;
        var first = new TaskCompletionSource();
        using var limit = new TimeLimit(() =>
        {
            passed++;
            first.SetResult(); // throws when it runs a second time
        });

        limit.Start(TimeSpan.FromMilliseconds(20));
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(60);

        Assert.Equal(1, passed);
    }

    [Fact]
    public async Task Stop_BeforeTheLimit_KeepsTheActionFromRunning()
    {
        bool passed = false;
        using var limit = new TimeLimit(() => passed = true);

        limit.Start(TimeSpan.FromMilliseconds(100));
        limit.Stop();
        await Task.Delay(250);

        Assert.False(passed);
    }

    [Fact]
    public async Task Start_Again_ForgetsTheLimitBefore()
    {
        bool passed = false;
        using var limit = new TimeLimit(() => passed = true);

        limit.Start(TimeSpan.FromMilliseconds(50));
        limit.Start(TimeSpan.FromHours(1));
        await Task.Delay(200);

        Assert.False(passed);
    }
}
