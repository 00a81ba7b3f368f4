using System.Globalization;

namespace AotRecTrainer.Function;

/// <summary>How many shards a function computes at the same time.</summary>
internal static class ThreadCount
{
    private const string Variable = "AOTREC_THREADS";

    // The platform gives a whole core for this much memory.
    private const int MegabytesPerCore = 1769;

    /// <summary>What the variable says, else a thread for every whole core that the function's memory buys; at least 1.</summary>
    public static int FromEnvironment()
    {
        if (Read(Variable) is { } forced) return forced;
        int cores = (Read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") ?? 0) / MegabytesPerCore;
        return Math.Clamp(cores, 1, Environment.ProcessorCount);
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : null;
}
