using System.Diagnostics;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Waits for what happens in its own time, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads until the value is as wanted; fails with the last value when it never is.</summary>
    public static async Task<T> Async<T>(Func<T> read, Predicate<T> isWanted)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T value = read();
            if (isWanted(value))
                return value;
            if (Stopwatch.GetElapsedTime(start) > Patience)
                Assert.Fail($"after {Patience.TotalSeconds} s still: {(value is IEnumerable<string> lines ? string.Join('\n', lines) : value)}");
            await Task.Delay(5);
        }
    }
}
