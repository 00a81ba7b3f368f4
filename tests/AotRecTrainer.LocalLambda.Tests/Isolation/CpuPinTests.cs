using AotRecTrainer.LocalLambda.Isolation;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Isolation;

public sealed class CpuPinTests
{
    [Theory]
    [InlineData(0, true, 2, 0b01)]
    [InlineData(1, true, 2, 0b10)]
    [InlineData(1, false, 2, 0b01)]
    [InlineData(2, false, 4, 0b1011)]
    [InlineData(0, false, 1, 0b1)] // there is no other
    [InlineData(63, true, 64, 1UL << 63)]
    [InlineData(0, false, 96, ulong.MaxValue - 1)] // a mask ends at the 64th
    public void Mask_OfAFunction_IsTheChosenCpuOrAllOthers(int cpu, bool shares, int processors, ulong expected) =>
        Assert.Equal(expected, CpuPin.Mask(cpu, shares, processors));

    [Fact]
    public void Describe_FunctionThatKeepsOff_NamesIt()
    {
        FunctionDefinition worker = new() { Name = "worker", Executable = "program" };
        LocalLambdaOptions options = new() { PinToCpu = 1, Functions = [worker, worker with { Name = "coordinator", SharesPinnedCpu = false }] };

        Assert.Equal("; all on CPU 1 but coordinator", CpuPin.Describe(options));
        Assert.Equal("", CpuPin.Describe(options with { PinToCpu = null }));
    }
}
