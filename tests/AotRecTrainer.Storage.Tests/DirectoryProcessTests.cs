using System.Diagnostics;
using System.Text;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>Compare-and-swap between processes that share nothing but a directory.</summary>
public sealed class DirectoryProcessTests
{
    private const string LocationVariable = "AOTREC_TEST_COUNTER";
    private const int Processes = 3;
    private const int Increments = 150;

    [Fact]
    public async Task TryReplace_IncrementsByProcesses_NoneIsLost()
    {
        using TemporaryDirectory directory = new();
        using DirectoryObjectStore store = new(directory.Path);
        await store.PutAsync("counter", "0"u8.ToArray());
        Process[] children = [.. Enumerable.Range(0, Processes).Select(_ => StartChild(directory.Path))];
        try
        {
            foreach (Process child in children)
            {
                string output = await child.StandardOutput.ReadToEndAsync();
                await child.WaitForExitAsync();
                Assert.True(child.ExitCode == 0, output);
            }
        }
        finally
        {
            foreach (Process child in children)
            {
                if (!child.HasExited)
                    child.Kill(entireProcessTree: true);
                child.Dispose();
            }
        }

        Assert.Equal($"{Processes * Increments}", Encoding.ASCII.GetString((await store.GetAsync("counter"))!));
    }

    /// <summary>What the children of the other test do; never run by itself.</summary>
    [Fact(Explicit = true)]
    public async Task Child_Increments()
    {
        using DirectoryObjectStore store = new(Environment.GetEnvironmentVariable(LocationVariable)!);
        await ObjectStoreContract.IncrementAsync(store, "counter", Increments);
    }

    private static Process StartChild(string directory)
    {
        string method = $"{typeof(DirectoryProcessTests).FullName}.{nameof(Child_Increments)}";
        ProcessStartInfo start = new(Environment.ProcessPath!, ["-noColor", "-noLogo", "-explicit", "only", "-method", method])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[LocationVariable] = directory;
        return Process.Start(start)!;
    }
}
