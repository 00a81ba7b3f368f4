namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class RoundKeysTests
{
    private static readonly RoundKeys Keys = new("a-run", Token: 12, Round: 345);

    [Fact]
    public void Keys_OfARound_CarryRunRoundShardAttemptAndToken()
    {
        Assert.Equal("a-run/rounds/00345/parameters.12.arrow", Keys.Parameters);
        Assert.Equal("a-run/rounds/00345/statistics/", Keys.StatisticsPrefix);
        Assert.Equal("a-run/rounds/00345/statistics/shard-00007.12.arrow", Keys.Statistics(7));
        Assert.Equal("a-run/rounds/00345/statistics/failure-00007.3.12.json", Keys.Failure(shard: 7, attempt: 3));
    }

    [Fact]
    public void Reading_OwnKeys_GivesBackWhatTheyWereMadeOf()
    {
        for (int number = 0; number < 200_000; number = (number * 3) + 1)
        {
            Assert.Equal(number, Keys.ShardOf(Keys.Statistics(number)));
            Assert.Equal((number, 5), Keys.FailureOf(Keys.Failure(number, 5)));
            Assert.Equal(-1, Keys.ShardOf(Keys.Failure(number, 5)));
            Assert.Null(Keys.FailureOf(Keys.Statistics(number)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-run/rounds/00345/parameters.12.arrow")]
    [InlineData("a-run/rounds/00345/statistics/shard-00007.1.arrow")]
    [InlineData("a-run/rounds/00345/statistics/shard-00007.2.12.arrow")]
    [InlineData("a-run/rounds/00345/statistics/shard--0007.12.arrow")]
    [InlineData("a-run/rounds/00345/statistics/shard-.12.arrow")]
    [InlineData("a-run/rounds/00345/statistics/shard-99999999999.12.arrow")]
    [InlineData("a-run/rounds/00344/statistics/shard-00007.12.arrow")]
    [InlineData("b-run/rounds/00345/statistics/shard-00007.12.arrow")]
    [InlineData("a-run/rounds/00345/statistics/failure-00007.12.json")]
    [InlineData("a-run/rounds/00345/statistics/failure-00007.x.12.json")]
    public void Reading_AnyOtherKey_GivesNothing(string key)
    {
        Assert.Equal(-1, Keys.ShardOf(key));
        Assert.Null(Keys.FailureOf(key));
    }

    [Theory]
    [InlineData(12, 344, true)]
    [InlineData(12, 345, false)]
    [InlineData(11, 344, true)]
    [InlineData(11, 345, true)]
    [InlineData(11, 999, true)]
    [InlineData(13, 1, false)]
    [InlineData(13, 345, false)]
    public void IsLeftover_OfRoundsBeforeAndCoordinatorsBefore_NeverOfOnesAfter(int token, int round, bool expected)
    {
        RoundKeys other = new("a-run", token, round);
        foreach (string key in (string[])[other.Parameters, other.Statistics(3), other.Failure(3, 2)]) Assert.Equal(expected, Keys.IsLeftover(key));
    }

    [Theory]
    [InlineData("a-run/checkpoints/00001/parameters.1.arrow")]
    [InlineData("b-run/rounds/00001/parameters.1.arrow")]
    [InlineData("a-run/rounds/notes.txt")]
    [InlineData("a-run/rounds/00001/something")]
    public void IsLeftover_OfWhatIsNoRounds_IsFalse(string key) => Assert.False(Keys.IsLeftover(key));
}
