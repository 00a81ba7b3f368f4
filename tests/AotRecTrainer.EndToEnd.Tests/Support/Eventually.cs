using System.Diagnostics;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>Waits for what happens in its own time, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns once the condition holds; fails with what was waited for when it never does.</summary>
    public static async Task TrueAsync(Func<bool> condition, Func<string> what)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !condition(); await Task.Delay(10, TestContext.Current.CancellationToken))
            Assert.True(watch.Elapsed < Patience, $"not within {Patience.TotalSeconds} s: {what()}");
    }
}
