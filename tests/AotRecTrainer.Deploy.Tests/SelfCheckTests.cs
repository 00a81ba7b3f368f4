using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>The published function checks itself; what must be in it, is.</summary>
public sealed class SelfCheckTests
{
    private static readonly string Bootstrap = Checkout.PathOf("artifacts", "bin", "bootstrap");

    [Fact]
    public async Task SelfCheck_OnThisMachine_TrainsThePlantedModelWithEveryKernel()
    {
        CommandRun run = (await RunAsync()).ShouldSucceed();
        Assert.Contains(", native, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("BLAS: OpenBLAS ", run.Output, StringComparison.Ordinal);
        Assert.Contains("linked into the program", run.Output, StringComparison.Ordinal);
        foreach (string algorithm in (string[])["batch-gradient", "als"])
        {
            foreach (string kernel in (string[])["vector256", "openblas", "scalar"])
                Assert.Contains(run.Output.Split('\n'), line => line.Contains($" {algorithm} ", StringComparison.Ordinal) && line.Contains($" {kernel} ", StringComparison.Ordinal) && line.EndsWith(" ok", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task SelfCheck_KernelThatIsNone_Fails()
    {
        CommandRun run = await RunAsync(("AOTREC_KERNEL", "abacus"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("self-check FAILED: kernel 'abacus' is not available here", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bootstrap_Libraries_AreTheSystemsOwn()
    {
        CommandRun run = (await CommandRun.OfAsync("ldd", [Bootstrap])).ShouldSucceed();
        string[] names = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line.Trim().Split(' ')[0]).Split('.')[0])];
        Assert.NotEmpty(names);
        Assert.Empty(names.Except(["linux-vdso", "libc", "libm", "libdl", "libpthread", "librt", "ld-linux-x86-64"], StringComparer.Ordinal));
    }

    private static Task<CommandRun> RunAsync(params (string Name, string Value)[] variables)
    {
        Assert.True(File.Exists(Bootstrap), $"{Bootstrap} is not there; run scripts/publish.sh first");
        return CommandRun.OfAsync(Bootstrap, ["self-check"], variables.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
    }
}
