using AotRecTrainer.Lambda.Logs;
using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Function;

/// <summary>The process: caps its heap, chooses the kernel, says so, and serves invocations until the platform ends it.</summary>
internal static class FunctionHost
{
    public static async Task<int> RunAsync()
    {
        string? address = Environment.GetEnvironmentVariable(RuntimeApiClient.AddressVariable);
        if (string.IsNullOrEmpty(address))
        {
            await Console.Error.WriteLineAsync(
                $"error: {RuntimeApiClient.AddressVariable} is not set; this program is run by AWS Lambda or by 'aotrec train' and 'aotrec local'");
            return 2;
        }

        int? megabytes = FunctionMemory.Megabytes(Environment.GetEnvironmentVariable);
        if (megabytes is { } size)
            FunctionMemory.CapHeap(FunctionMemory.HeapBytes(size));
        FunctionLog log = FunctionLog.FromEnvironment();
        using RuntimeApiClient client = new(address);
        ShardAlgorithms algorithms;
        try
        {
            algorithms = ShardAlgorithms.Best;
        }
        catch (ArgumentException problem)
        {
            return await RuntimeLoop.FailStartAsync(client, problem, log);
        }

        log.Info($"bootstrap pid {Environment.ProcessId}: {KernelReport.Describe(algorithms)}, {HeapReport(megabytes)}");
        using ShardComputer computer = new(algorithms, ThreadCount.FromEnvironment());
        using RoleDispatcher roles = new(computer, log);
        return await new RuntimeLoop(client, roles.HandleAsync, log).RunAsync(CancellationToken.None);
    }

    private static string HeapReport(int? megabytes) => megabytes is { } size
        ? $"heap of at most {FunctionMemory.HeapBytes(size) / 1048576} of {size} MB"
        : $"heap without a limit because {FunctionMemory.Variable} is not set";
}
