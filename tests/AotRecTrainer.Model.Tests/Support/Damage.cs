namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Bytes that were right once.</summary>
internal static class Damage
{
    private const int Seed = 4711;

    /// <summary>
    /// Reads copies with one changed byte and copies cut short. Each must be refused with a <see cref="ModelException"/> of one line, or
    /// say exactly what the whole one says (Arrow has bytes that mean nothing): never something else.
    /// </summary>
    /// <param name="content">The whole object.</param>
    /// <param name="read">Reads it and puts everything that it says into words.</param>
    /// <returns>How many were refused, and how many were tried.</returns>
    public static (int Refused, int Tried) Check(byte[] content, Func<byte[], string> read)
    {
        string whole = read(content);
        Random random = new(Seed);
        int refused = 0;
        int tried = 0;
        for (int at = 0; at < content.Length; at++)
        {
            byte[] copy = [.. content];
            copy[at] ^= (byte)(1 << random.Next(8));
            Try(copy, $"seed {Seed}, byte {at} is {copy[at]}, was {content[at]}");
            copy[at] = (byte)(content[at] + 1 + random.Next(255));
            Try(copy, $"seed {Seed}, byte {at} is {copy[at]}, was {content[at]}");
        }

        for (int length = 0; length < content.Length; length++) Try(content[..length], $"cut to {length} of {content.Length} bytes");
        return (refused, tried);

        void Try(byte[] damaged, string what)
        {
            tried++;
            try
            {
                string said = read(damaged);
                Assert.True(said == whole, $"{what}: read as something else");
            }
            catch (ModelException problem)
            {
                Assert.DoesNotContain(problem.Message, char.IsControl);
                refused++;
            }
            catch (Exception problem) when (problem is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{what}: {problem}");
            }
        }
    }
}
