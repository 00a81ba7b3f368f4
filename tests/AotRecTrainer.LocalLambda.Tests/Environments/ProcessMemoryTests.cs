using AotRecTrainer.LocalLambda.Environments;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class ProcessMemoryTests
{
    [Fact]
    public void ParseHighWaterMark_StatusText_GivesBytes() =>
        Assert.Equal(12_345 * 1024, ProcessMemory.ParseHighWaterMark("Name:\tx\nVmPeak:\t 99 kB\nVmHWM:\t   12345 kB\nVmRSS:\t 1 kB\n"u8));

    [Theory]
    [InlineData("")]
    [InlineData("Name:\tx\nState:\tZ (zombie)\n")]
    [InlineData("VmHWM:\t")]
    public void ParseHighWaterMark_NoSuchLine_IsZero(string status) =>
        Assert.Equal(0, ProcessMemory.ParseHighWaterMark(System.Text.Encoding.ASCII.GetBytes(status)));
}
