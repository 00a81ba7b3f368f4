namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>Bytes that were right once.</summary>
internal static class Damage
{
    /// <summary>Reading a damaged copy must succeed or fail with the format's own exception; says how many failed.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Something else was thrown; the message names the damage.</exception>
    public static int Count<TException>(IEnumerable<(string What, byte[] Bytes)> damaged, Action<byte[]> read)
        where TException : Exception
    {
        int failed = 0;
        foreach ((string what, byte[] bytes) in damaged)
        {
            Exception? error = Record.Exception(() => read(bytes));
            Assert.True(error is null or TException, $"{what}: {error}");
            if (error is not null)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
                failed++;
            }
        }

        return failed;
    }

    /// <summary>Every shorter beginning of the bytes.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Truncations(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length).Select(length => ($"cut to {length} of {bytes.Length} bytes", bytes[..length]));

    /// <summary>Copies with a few bytes changed, from seeds that count up.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Mutations(byte[] bytes, int firstSeed, int count)
    {
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            Random random = new(seed);
            byte[] copy = [.. bytes];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            yield return ($"mutation seed {seed}", copy);
        }
    }
}
