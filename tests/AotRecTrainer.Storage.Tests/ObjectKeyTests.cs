using Xunit;

namespace AotRecTrainer.Storage.Tests;

public sealed class ObjectKeyTests
{
    [Fact]
    public void Validate_LongestPartAndKey_PassAndOneMoreByteDoesNot()
    {
        ObjectKey.Validate(new string('x', 255));
        Assert.False(ObjectKey.IsValid(new string('x', 256)));
        Assert.True(ObjectKey.IsValid(new string('é', 127)));
        Assert.False(ObjectKey.IsValid(new string('é', 128)));
        string four = string.Join('/', Enumerable.Repeat(new string('x', 255), 4));
        Assert.Equal(1023, four.Length);
        Assert.True(ObjectKey.IsValid(four));
        Assert.False(ObjectKey.IsValid(four + "/x"));
    }

    [Fact]
    public void Validate_HostileKey_MessageNamesItWithoutControlCharacters()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ObjectKey.Validate("a\u001b[31m\nb/.."));
        Assert.StartsWith("Object key 'a?[31m?b/..': holds a backslash or a control character.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a/")]
    [InlineData("a/b")]
    [InlineData("a/..")]
    public void ValidatePrefix_BeginningOfAKey_Passes(string prefix) => ObjectKey.ValidatePrefix(prefix);

    [Fact]
    public void Validate_RandomText_EitherRefusedOrInsideAnyRoot()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        const string Alphabet = "/\\.. ab\0\n:~%\ud83d\ude00é";
        int accepted = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string key = string.Create(random.Next(1, 9), random, (text, r) =>
            {
                foreach (ref char c in text)
                    c = Alphabet[r.Next(Alphabet.Length)];
            });
            if (!ObjectKey.IsValid(key))
                continue;
            accepted++;
            Assert.StartsWith("/root/", Path.GetFullPath(key, "/root/"), StringComparison.Ordinal);
            Assert.Equal("/root/" + key, Path.GetFullPath(key, "/root/"));
        }

        Assert.True(accepted > 100, $"only {accepted} keys accepted");
    }
}
