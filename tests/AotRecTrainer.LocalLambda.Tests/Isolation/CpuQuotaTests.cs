using AotRecTrainer.LocalLambda.Isolation;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Isolation;

public sealed class CpuQuotaTests
{
    [Theory]
    [InlineData(1769, 1, 20_000, 20_000)]
    [InlineData(3538, 1, 40_000, 20_000)]
    [InlineData(1769, 0.5, 10_000, 20_000)]
    [InlineData(128, 1, 1_447, 20_000)]
    [InlineData(128, 0.1, 1_000, 138_203)] // the least quota there is, in a longer period
    [InlineData(128, 1e-9, 1_000, 1_000_000)]
    public void For_MemorySize_IsItsShareOfAPeriod(int megabytes, double scale, long quota, long period) =>
        Assert.Equal(new CpuQuota(quota, period), CpuQuota.For(megabytes, scale));

    [Fact]
    public void For_EverySize_IsWithinAThousandthOfTheShare()
    {
        for (int megabytes = 128; megabytes <= 10_240; megabytes++)
        {
            CpuQuota quota = CpuQuota.For(megabytes, 1);
            double share = (double)quota.QuotaMicroseconds / quota.PeriodMicroseconds;
            Assert.InRange(share / (megabytes / 1769.0), 0.999, 1.001);
        }
    }
}
