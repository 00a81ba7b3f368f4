using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class RetryTests
{
    private static readonly InvokeException NoFunction =
        new("Invoke of nobody: status 404 ResourceNotFoundException: Function not found") { IsPermanent = true };

    public static TheoryData<string> Exchanges => ["await", "poll"];

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_WorkersCannotBeInvokedAtAll_EndsAtOnceWithTheServicesLine(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = static (_, _) => throw NoFunction;
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(
            () => lab.Train(Lab.Event() with { Exchange = exchange, WorkerFunction = "nobody" }));
        Assert.Equal(NoFunction.Message, problem.Message);
        Assert.Equal(2, lab.Functions.Asked.Count);
        Assert.InRange(lab.Time.Elapsed.TotalSeconds, 0, 0.1);
        Assert.Equal(("failed", problem.Message), (lab.Status().State, lab.Status().Message));
        AssertNoRounds(lab);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_TheServiceIsBusy_BacksOffAndComesThrough(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = static (work, run) => work.Attempt < 4 ? throw new InvokeException("429 TooManyRequestsException") : run();
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = exchange, Epochs = 1 });
        Assert.Equal(Lab.TrainAlone(Lab.Event() with { Epochs = 1 }).ParametersSha256, result.ParametersSha256);
        Assert.Equal((12, 0), (result.Retries, result.Doubled));

        // Three pauses a round of at most 50, 100 and 200 ms; not nothing, not longer.
        Assert.InRange(result.RoundMilliseconds![0], 20, 380);
    }

    [Fact]
    public void Train_APollingWorkerThatFails_IsAskedAgainAsSoonAsItsWordIsSeen()
    {
        using Lab lab = new();
        int failures = 0;
        lab.Objects.Before = (call, _) => call.Operation == "put" && call.Key.Contains("/00003/statistics/shard-", StringComparison.Ordinal) && ++failures <= 2
            ? throw new Storage.StorageException("put", call.Key, new Uri(Lab.Output), "slow down") : ValueTask.CompletedTask;
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = "poll" });
        Assert.Equal(Lab.TrainAlone(Lab.Event()).ParametersSha256, result.ParametersSha256);
        Assert.InRange(result.Retries!.Value, 1, 2);
        Assert.Equal(0, result.Doubled);
        Assert.InRange(result.RoundMilliseconds![2], 0, 200);
        Assert.Contains(lab.Log, line => line.Contains("Function.Storage: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"role\":\"worker\"}")]
    [InlineData("{\"role\":\"worker\",\"run\":\"a-run\",\"round\":9,\"shards\":[0,1,2],\"ratings\":0,\"milliseconds\":0,\"coldStart\":false,\"processId\":1,\"kernel\":\"\"}")]
    [InlineData("{\"role\":\"worker\",\"run\":\"b-run\",\"round\":2,\"shards\":[0,1,2],\"ratings\":0,\"milliseconds\":0,\"coldStart\":false,\"processId\":1,\"kernel\":\"\"}")]
    [InlineData("{\"role\":\"worker\",\"run\":\"a-run\",\"round\":2,\"shards\":[0,1,2],\"ratings\":0,\"milliseconds\":0,\"coldStart\":false,\"processId\":1,\"kernel\":\"\"}")]
    [InlineData("{\"role\":\"worker\",\"run\":\"a-run\",\"round\":2,\"shards\":[7,-1],\"ratings\":0,\"milliseconds\":0,\"coldStart\":false,\"processId\":1,\"kernel\":\"\"}")]
    public void Train_AnAnswerThatIsNoneOrALie_IsAFailure(string answer)
    {
        using Lab lab = new();
        lab.Functions.Script = (work, run) => work is { Round: 2, Attempt: 1 } && work.Shards[0] == 0
            ? Task.FromResult(new InvokeOutcome(System.Text.Encoding.UTF8.GetBytes(answer), null)) : run();
        CoordinatorResult result = lab.Train(Lab.Event());
        Assert.Equal(Lab.TrainAlone(Lab.Event()).ParametersSha256, result.ParametersSha256);
        Assert.Equal(1, result.Retries);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_ARunThatFails_LeavesNothingOfItsRounds(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = static (work, run) => work.Round == 3 && work.Shards.Contains(5) ? Task.FromResult(MemoryFunctions.Died) : run();
        Assert.Throws<TrainingFailedException>(() => lab.Train(Lab.Event() with { Exchange = exchange }));
        AssertNoRounds(lab);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_LeftoversOfACoordinatorBefore_AreRemovedAndThoseOfOneAfterAreNot(string exchange)
    {
        using Lab lab = new();
        RoundKeys before = new("a-run", Token: 0, Round: 77);
        RoundKeys after = new("a-run", Token: 999, Round: 1);
        foreach (RoundKeys keys in (RoundKeys[])[before, after])
        {
            lab.Objects[$"{Lab.Output}/{keys.Parameters}"] = [1];
            lab.Objects[$"{Lab.Output}/{keys.Statistics(2)}"] = [2];
            lab.Objects[$"{Lab.Output}/{keys.Failure(2, 1)}"] = [3];
        }

        Assert.Equal(0, lab.Train(Lab.Event() with { Exchange = exchange }).Retries);
        Assert.Equal(
            [after.Parameters, after.Failure(2, 1), after.Statistics(2)],
            lab.KeysOf("a-run").Where(key => key.StartsWith("rounds/", StringComparison.Ordinal)).Select(key => $"a-run/{key}"));
    }

    private static void AssertNoRounds(Lab lab) =>
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("rounds/", StringComparison.Ordinal));
}
