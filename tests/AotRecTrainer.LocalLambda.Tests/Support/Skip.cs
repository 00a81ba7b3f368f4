using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Leaves out what this machine cannot show, saying why.</summary>
internal static class Skip
{
    public static void Unless(bool isPossible, string reason) => Assert.SkipUnless(isPossible, reason);
}
