using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Training.Tests.Exchange;

/// <summary>The rules of a round on paper: what was asked, what came and when, and what has to be asked next. A back-off takes half its bound.</summary>
public sealed class RoundBoardTests
{
    private readonly RoundPace _pace = new(() => 0.5);

    [Fact]
    public void TakeDue_AtTheBeginning_AsksEveryWorkerForAllOfItsShards()
    {
        RoundBoard board = Board(shards: 7, workers: 3);
        Assert.Equal(["1: 0 1", "1: 2 3", "1: 4 5 6"], Due(board, 0));
        Assert.Empty(Due(board, 0));
        Assert.Equal(Enumerable.Range(0, 7), board.Missing);
    }

    [Fact]
    public void End_AFailure_IsTriedAgainAfterABackOffForWhatIsMissing()
    {
        RoundBoard board = Board();
        Due(board, 0);
        Store(board, 1, 0);
        board.End(0, 1, "died", At(1));
        Assert.Equal(At(1.025), board.NextDue());
        Assert.Empty(Due(board, 1.024));
        Assert.Equal(["2: 1 2"], Due(board, 1.025));
        Assert.Equal("died", board.ProblemOf(0));
        board.End(2, 2, "died again", At(2));
        Assert.Equal(At(2.05), board.NextDue());
        Assert.Equal(["3: 1 2"], Due(board, 2.05));
    }

    [Fact]
    public void End_OfAnAttemptThatHasBroughtEverything_IsNoFailure()
    {
        RoundBoard board = Board();
        Due(board, 0);
        foreach (int shard in (int[])[0, 1, 2]) Store(board, 1, shard);
        board.End(0, 1, "", At(1));
        Assert.Empty(Due(board, 1000));
        Assert.Equal([3, 4, 5], board.Missing);
        Assert.Equal([At(1)], board.Taken);
    }

    [Fact]
    public void End_OfAnAttemptThatWasGivenUp_IsOldNews()
    {
        RoundBoard board = Board();
        Due(board, 0);
        Assert.Empty(Due(board, 60));
        Assert.Equal(["2: 0 1 2", "2: 3 4 5"], Due(board, 60.025));
        board.End(0, 1, "died late", At(61));
        Assert.Empty(Due(board, 100));
        Assert.Equal("no answer within 60 s", board.ProblemOf(0));
    }

    [Fact]
    public void Store_TheAnswerOfAnAttemptThatWasGivenUp_CountsNevertheless()
    {
        RoundBoard board = Board(workers: 1);
        Due(board, 0);
        Due(board, 60);
        Due(board, 61);
        for (int shard = 0; shard < 6; shard++) Store(board, 62, shard);
        Assert.Null(board.NextDue());
        Assert.Equal([At(62)], board.Taken);
    }

    [Fact]
    public void Taken_OfWorkersThatFailed_IsNotCounted()
    {
        RoundBoard board = Board(shards: 3, workers: 3);
        Due(board, 0);
        board.End(0, 1, "died", At(1));
        Due(board, 2);
        Store(board, 3, 0);
        Assert.Empty(board.Taken);
        Due(board, 60);
        Due(board, 61);
        Store(board, 70, 1);
        Assert.Equal([At(70)], board.Taken);
        Store(board, 71, 2);
        Assert.Equal([At(70), At(71)], board.Taken);
    }

    [Fact]
    public void Reject_OneShard_IsAskedForAloneWhileTheOthersAreWaitedFor()
    {
        RoundBoard board = Board();
        Due(board, 0);
        board.Store(1, isFound: true, At(1));
        board.Reject(1, "rubbish", At(1));
        Assert.False(board.Has(1));
        Assert.Equal(["2: 1"], Due(board, 2));
        board.End(1, 2, "died", At(3));
        Assert.Equal(["3: 1"], Due(board, 4));
        Assert.Empty(Due(board, 70));
        Assert.Equal(["2: 0 2", "2: 3 4 5"], Due(board, 71));
    }

    [Fact]
    public void Reject_WhileADoubleMayStillBringIt_WaitsForTheDouble()
    {
        _pace.Record([At(1)], wasLate: false);
        RoundBoard board = Board();
        Due(board, 0);
        Assert.Equal(["2: 0 1 2", "2: 3 4 5"], Due(board, 3));
        board.Store(0, isFound: true, At(4));
        board.Reject(0, "rubbish", At(4));
        Assert.Empty(Due(board, 5));
        board.Store(0, isFound: true, At(5));
        Assert.True(board.Has(0));
    }

    [Fact]
    public void TakeDue_AStraggler_IsDoubledOnceWhenThreeTimesTheMedianHasPassed()
    {
        RoundBoard board = Board(shards: 4, workers: 4);
        Due(board, 0);
        Store(board, 4, 0);
        Store(board, 5, 1);
        Store(board, 6, 2);
        Assert.Equal(At(15), board.NextDue());
        Assert.Empty(Due(board, 14.9));
        Attempt[] doubled = [.. board.TakeDue(At(15))];
        Assert.Equal((3, 2, true), (doubled.Single().Group, doubled.Single().Number, doubled.Single().IsDouble));
        Assert.Empty(Due(board, 59));
        Store(board, 59, 3);
        Assert.Null(board.NextDue());
    }

    [Fact]
    public void TakeDue_ADoubleWhoseOriginalIsGivenUp_IsDoubledItself()
    {
        RoundBoard board = Board(shards: 4, workers: 4);
        Due(board, 0);
        foreach (int shard in (int[])[0, 1, 2]) Store(board, 5, shard);
        Assert.Equal(["2: 3"], Due(board, 15));
        Assert.Empty(Due(board, 59));
        Assert.Equal(["3: 3"], Due(board, 60));
        Assert.Empty(Due(board, 61));
    }

    [Fact]
    public void TakeDue_AFailureBesideADouble_LeavesTheShardsToTheDouble()
    {
        RoundBoard board = Board(shards: 4, workers: 4);
        Due(board, 0);
        foreach (int shard in (int[])[0, 1, 2]) Store(board, 5, shard);
        Due(board, 15);
        board.End(3, 1, "died", At(16));
        Assert.Empty(Due(board, 20));
        Assert.Equal(["3: 3"], Due(board, 30));
    }

    [Fact]
    public void TakeDue_AShardThatFailedAsOftenAsIsAllowed_EndsTheRound()
    {
        RoundBoard board = Board(attempts: 3);
        double now = 0;
        for (int number = 1; number <= 3; number++)
        {
            Assert.Contains($"{number}: 0 1 2", Due(board, now));
            board.End(0, number, $"death {number}", At(now));
            now++;
        }

        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(() => board.TakeDue(At(now)));
        Assert.Equal("round 7: shards 0,1,2 failed 3 times; last: death 3", problem.Message);
    }

    [Fact]
    public void TakeDue_OtherShardsFailNowAndThen_DoNotUseUpAShardsAttempts()
    {
        // Ten shards, each bad once: more failures than a single shard may have.
        RoundBoard board = Board(shards: 10, workers: 1, attempts: 2);
        Due(board, 0);
        for (int shard = 0; shard < 10; shard++) Store(board, 0, shard);
        board.End(0, 1, "", At(0));
        for (int shard = 0; shard < 10; shard++)
        {
            board.Reject(shard, "rubbish", At(shard));
            Assert.Contains($"2: {shard}", Due(board, shard + 0.9));
            Store(board, shard + 0.9, shard);
            board.End(shard, 2, "", At(shard + 0.9));
        }

        Assert.Empty(board.Missing);
    }

    [Fact]
    public void TakeDue_TheLastAttemptIsOpen_IsWaitedForAndNeitherDoubledNorSpunUpon()
    {
        _pace.Record([At(1)], wasLate: false);
        RoundBoard board = Board(shards: 1, workers: 1, attempts: 1);
        Assert.Equal(["1: 0"], Due(board, 0));
        Assert.Equal(At(10), board.NextDue());
        Assert.Empty(Due(board, 9));
        Assert.Contains("no answer within 10 s", Assert.Throws<TrainingFailedException>(() => board.TakeDue(At(10))).Message, StringComparison.Ordinal);
    }

    private RoundBoard Board(int shards = 6, int workers = 2, int attempts = 5) => new(round: 7, WorkerGroup.Deal(shards, workers), attempts, _pace);

    private static void Store(RoundBoard board, double now, int shard) => board.Store(shard, isFound: false, At(now));

    private static string[] Due(RoundBoard board, double now) =>
        [.. board.TakeDue(At(now)).Select(attempt => $"{attempt.Number}: {string.Join(' ', attempt.Shards)}")];

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
