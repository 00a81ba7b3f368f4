using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Function;

/// <summary>The process: chooses the kernel, says so, and serves invocations until the platform ends it.</summary>
internal static class FunctionHost
{
    public static async Task<int> RunAsync(TextWriter log)
    {
        string? address = Environment.GetEnvironmentVariable(RuntimeApiClient.AddressVariable);
        if (string.IsNullOrEmpty(address))
        {
            await log.WriteLineAsync(
                $"error: {RuntimeApiClient.AddressVariable} is not set; this program is run by AWS Lambda or by 'aotrec train' and 'aotrec local'");
            return 2;
        }

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

        await log.WriteLineAsync($"bootstrap pid {Environment.ProcessId}: {KernelReport.Describe(algorithms)}");
        using ShardComputer computer = new(algorithms, ThreadCount.FromEnvironment());
        using RoleDispatcher roles = new(computer, log);
        return await new RuntimeLoop(client, roles.HandleAsync, log).RunAsync(CancellationToken.None);
    }
}
