using System.Globalization;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>Where a test's chance comes from: another number every time, or the one in AOTREC_TEST_SEED.</summary>
internal static class Seed
{
    /// <summary>Whether the long variants are asked for with AOTREC_LONG_TESTS=1.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("AOTREC_LONG_TESTS") == "1";

    /// <summary>Takes a number and prints it.</summary>
    public static int Take()
    {
        string? given = Environment.GetEnvironmentVariable("AOTREC_TEST_SEED");
        int seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed} (AOTREC_TEST_SEED={seed} takes it again)");
        return seed;
    }
}
