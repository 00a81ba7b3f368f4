using System.Text;
using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Tests.Gathering;

public sealed class IdIndexTests
{
    [Theory]
    [InlineData(1, 5_000)]
    [InlineData(2, 3_000_000)]
    [InlineData(3, long.MaxValue)]
    public void CodeOf_RandomIds_MatchesADictionary(int seed, long bound)
    {
        var random = new Random(seed);
        var index = new IdIndex();
        var expected = new Dictionary<long, int>();
        for (int step = 0; step < 50_000; step++)
        {
            long id = random.NextInt64(bound);
            expected.TryAdd(id, expected.Count);
            Assert.Equal(expected[id], index.CodeOf(id));
        }

        Assert.Equal(expected.Count, index.Count);
        Assert.Equal(expected.OrderBy(pair => pair.Value).Select(pair => pair.Key), index.Ids.ToArray());
    }

    [Fact]
    public void CodeOf_LargestId_IsAnId()
    {
        var index = new IdIndex();
        Assert.Equal([0, 1, 0], new[] { long.MaxValue, 0, long.MaxValue }.Select(index.CodeOf));
    }

    [Theory, InlineData(4)]
    public void TextCodeOf_RandomTexts_MatchesADictionary(int seed)
    {
        var random = new Random(seed);
        var index = new TextIdIndex();
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int step = 0; step < 50_000; step++)
        {
            string id = new('x', random.Next(20));
            id += random.Next(9000);
            expected.TryAdd(id, expected.Count);
            Assert.Equal(expected[id], index.CodeOf(Encoding.ASCII.GetBytes(id)));
        }

        Assert.Equal(expected.Count, index.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Key, Encoding.ASCII.GetString(index[pair.Value])));
    }
}
