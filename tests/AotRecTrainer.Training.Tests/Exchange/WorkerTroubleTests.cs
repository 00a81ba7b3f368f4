using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class WorkerTroubleTests
{
    public static TheoryData<string, string> EveryTrouble
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string kind in Trouble.Kinds)
            {
                data.Add("await", kind);
                data.Add("poll", kind);
            }

            return data;
        }
    }

    public static TheoryData<string> Exchanges => ["await", "poll"];

    [Theory, MemberData(nameof(EveryTrouble))]
    public void Train_AWorkerMakesTrouble_GivesTheSameBitsAndLeavesNothingBehind(string exchange, string kind)
    {
        CoordinatorEvent asked = Lab.Event() with { Exchange = exchange };
        using Lab lab = new();
        lab.Functions.Script = Trouble.Of(kind, lab);
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, result.ParametersSha256);
        Assert.Equal("complete", lab.Status().State);
        Assert.Equal(kind is "answers twice" or "dies after storing", result.Retries == 0);
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("rounds/", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_AWorkerThatAlwaysFails_EndsTheRunAfterTheLastAttempt(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = (asked, work) => asked.Shards.Contains(5) && asked.Round == 2 ? Task.FromResult(MemoryFunctions.Died) : work();
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(() => lab.Train(Lab.Event() with { Exchange = exchange }));
        Assert.Contains("round 2", problem.Message, StringComparison.Ordinal);
        Assert.Contains("shards 3,4,5", problem.Message, StringComparison.Ordinal);
        Assert.Equal(TrainingDefaults.MaxAttempts, lab.Functions.Asked.Count(asked => asked.Round == 2 && asked.Shards.Contains(5)));
        Assert.Equal([1, 2, 3, 4, 5], lab.Functions.Asked.Where(asked => asked.Round == 2 && asked.Shards.Contains(5)).Select(asked => asked.Attempt));
        RunStatus status = lab.Status();
        Assert.Equal(("failed", problem.Message), (status.State, status.Message));
        Assert.False(lab.Exists("a-run/model/model.json"));
    }

    [Fact]
    public void Train_AWorkerThatAlwaysDies_SaysWhatItDiedOf()
    {
        using Lab lab = new();
        lab.Functions.Script = (_, _) => Task.FromResult(MemoryFunctions.Died);
        Assert.Contains("signal: killed", Assert.Throws<TrainingFailedException>(() => lab.Train(Lab.Event())).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_ADamagedShard_EndsAtOnceWithTheWorkersMessage(string exchange)
    {
        using Lab lab = new();
        byte[] shard = lab.Objects[$"{Lab.Dataset}/train/shard-00003.parquet"]!;
        shard[^20] ^= 1;
        lab.Objects[$"{Lab.Dataset}/train/shard-00003.parquet"] = shard;
        TrainingInputException problem = Assert.Throws<TrainingInputException>(() => lab.Train(Lab.Event() with { Exchange = exchange }));
        Assert.Contains("train/shard-00003.parquet: SHA-256 is ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, lab.Functions.Asked.Count);
        Assert.Equal(("failed", problem.Message), (lab.Status().State, lab.Status().Message));
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_OnlyPartOfAGroupIsMissing_AsksForThatPartAgain(string exchange)
    {
        using Lab lab = new();
        lab.Functions.Script = Trouble.Of("stores nothing", lab);
        lab.Train(Lab.Event() with { Exchange = exchange });
        Assert.All(lab.Functions.Asked.Where(asked => asked.Attempt == 2), asked => Assert.Equal([2], asked.Shards));
        Assert.Equal(2, lab.Functions.Asked.Count(asked => asked.Attempt == 2));
    }

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_AnotherFunctionForWorkers_InvokesThatOne(string exchange)
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { Exchange = exchange, WorkerFunction = "workers" });
        Assert.Equal(["workers"], lab.Functions.Names);
        lab.Train(Lab.Event("b-run") with { Exchange = exchange });
        Assert.Contains("trainer", lab.Functions.Names);
    }
}
