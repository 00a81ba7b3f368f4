using AotRecTrainer.Lambda.Invoke;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Invoke;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(1, 0, 100)]
    [InlineData(1, 0.5, 150)]
    [InlineData(2, 0, 200)]
    [InlineData(3, 0.5, 600)]
    [InlineData(6, 0, 3200)]
    [InlineData(7, 0, 5000)]
    [InlineData(5000, 0.5, 7500)]
    public void Delay_AnyAttempt_DoublesToTheLongestWithAHalfAtRandom(int attempt, double random, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Delay(attempt, First, Longest, null, random));

    [Theory]
    [InlineData(1, 3000, 3000)]
    [InlineData(1, 60_000, 10_000)]
    [InlineData(6, 1000, 3200)]
    public void Delay_ServiceAskedForAWait_IsAtLeastThatUpToTheLongest(int attempt, int asked, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Delay(attempt, First, Longest, TimeSpan.FromMilliseconds(asked), 0));
}
