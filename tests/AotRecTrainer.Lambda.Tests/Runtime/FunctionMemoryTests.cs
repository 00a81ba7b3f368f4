using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Lambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Runtime;

public sealed class FunctionMemoryTests
{
    [Theory]
    [InlineData(128, 80)]
    [InlineData(192, 144)]
    [InlineData(512, 384)]
    [InlineData(1769, 1326.75)]
    [InlineData(10240, 7680)]
    public void HeapBytes_AnySize_LeavesRoomForNativeMemory(int megabytes, double heap) =>
        Assert.Equal((long)(heap * 1048576), FunctionMemory.HeapBytes(megabytes));

    [Theory]
    [InlineData("1769", 1769)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("-128", null)]
    [InlineData("lots", null)]
    public void Megabytes_FromTheVariable_OrUnknown(string? value, int? megabytes) =>
        Assert.Equal(megabytes, FunctionMemory.Megabytes(name => name == "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" ? value : null));

    [Fact]
    public async Task CapHeap_ProcessThatAllocatesMore_FailsThereAndGoesOn()
    {
        (int code, string output, string errors) = await ChildProcess.StartAsync("heap", ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "192"));

        Assert.True(code == 0, errors);
        int[] megabytes = [.. output.Split(' ').Select(int.Parse)];
        // The cap is 144 MB, of which the test's own runtime has some; the second time shows that the heap was given back.
        Assert.All(megabytes, held => Assert.InRange(held, 100, 144));
    }
}
