using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Leaves out what this machine cannot show, saying why.</summary>
internal static class Skip
{
    public static void Unless(bool isPossible, string reason) => Assert.SkipUnless(isPossible, reason);

    /// <summary>Where <c>CI=true</c> promises the program, its absence is a failure.</summary>
    /// <param name="program">The program; null when it was not found.</param>
    /// <param name="reason">What was looked for, and how to install it.</param>
    public static string UnlessInstalled(string? program, string reason)
    {
        if (program is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.SkipWhen(program is null, reason);
        return program;
    }
}
