using System.Text;
using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Worker;

public sealed class WorkerRoleTests
{
    [Fact]
    public void Run_ARoundThatIsOver_DoesNothingAndLeavesNothing()
    {
        using Lab lab = new();
        WorkerEvent asked = Captured(lab);
        string[] before = lab.Objects.Keys;
        WorkerResult result = Run(lab, asked with { ReportFailure = true });
        Assert.Empty(result.Shards);
        Assert.Equal(before, lab.Objects.Keys);
        Assert.Contains(lab.Log, line => line.Contains("nothing to do for shards 0,1,2", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_AShardThatTheDataSetDoesNotHave_IsRefused()
    {
        using Lab lab = new();
        WorkerEvent asked = WithParameters(lab);
        Assert.Equal(
            "shard 6 was asked for, the data set has 6",
            Assert.Throws<TrainingInputException>(() => Run(lab, asked with { Shards = [6] })).Message);
    }

    [Fact]
    public void Run_ParametersOfAnotherDataSet_AreRefused()
    {
        using Lab lab = new();
        WorkerEvent asked = WithParameters(lab);
        LittleData.Write(lab.Objects, "mem://data/other", users: 12, items: 9, shards: 3, firstUser: 0);
        string message = Assert.Throws<TrainingInputException>(() => Run(lab, asked with { Dataset = "mem://data/other" })).Message;
        Assert.Equal("the parameters are for 40 users and 18 items, expected 12 and 9", message);
    }

    [Fact]
    public void Run_ANameThatIsNone_IsRefusedBeforeAnythingIsTouched()
    {
        using Lab lab = new();
        Assert.Throws<TrainingInputException>(() => Run(lab, WithParameters(lab) with { Run = "../up" }));
    }

    [Fact]
    public void Run_AFailureThatNobodyWaitsFor_IsLeftInTheStore()
    {
        using Lab lab = new();
        WorkerEvent asked = WithParameters(lab) with { ReportFailure = true };
        lab.Objects[$"{Lab.Dataset}/test/shard-00001.parquet"] = null;
        string message = Assert.Throws<DatasetException>(() => Run(lab, asked)).Message;
        FunctionFailure failure = JsonSerializer.Deserialize(
            lab.Objects[$"{Lab.Output}/{new RoundKeys("a-run", asked.Token, asked.Round).Failure(asked.Shards[0], asked.Attempt)}"],
            FailureJson.Default.FunctionFailure)!;
        Assert.Equal((FunctionFailure.InvalidInputType, message), (failure.ErrorType, failure.ErrorMessage));
    }

    [Fact]
    public void Run_TheRoundEndsBeforeASlowWorkerDoes_TakesItsStatisticsBack()
    {
        foreach (bool isOver in (bool[])[false, true])
        {
            using Lab lab = new();
            WorkerEvent asked = WithParameters(lab);
            RoundKeys keys = new(asked.Run, asked.Token, asked.Round);
            lab.Objects.Before = async (call, _) =>
            {
                if (call != new StoreCall("put", $"{Lab.Output}/{keys.Statistics(asked.Shards[1])}")) return;
                await Task.Delay(TimeSpan.FromSeconds(30), lab.Time, CancellationToken.None);
                if (isOver) lab.Objects[$"{Lab.Output}/{asked.Parameters}"] = null;
            };
            Run(lab, asked);
            Assert.All(asked.Shards, shard => Assert.Equal(!isOver, lab.Exists(keys.Statistics(shard))));
        }
    }

    [Fact]
    public void Run_NoShards_IsRefused()
    {
        using Lab lab = new();
        Assert.StartsWith(
            "shards is empty", Assert.Throws<TrainingInputException>(() => Run(lab, WithParameters(lab) with { Shards = [] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SeveralThreadsMeetAnError_ThrowsItWithItsOwnType()
    {
        using Lab lab = new();
        WorkerEvent asked = WithParameters(lab);
        foreach (int shard in asked.Shards) lab.Objects[$"{Lab.Dataset}/train/shard-{shard:D5}.parquet"] = Encoding.UTF8.GetBytes("no");
        Assert.Throws<DatasetException>(() => Run(lab, asked, threads: 3));
    }

    private static WorkerResult Run(Lab lab, WorkerEvent asked, int threads = 1)
    {
        using ShardComputer computer = new(ShardAlgorithms.Best, threads);
        using WorkerRole worker = new(computer, lab.Host);
        return lab.Time.Run(() => worker.RunAsync(asked, CancellationToken.None));
    }

    /// <summary>The first event of a whole run; what it points at is gone.</summary>
    private static WorkerEvent Captured(Lab lab)
    {
        lab.Train(Lab.Event());
        return lab.Functions.Asked[0];
    }

    /// <summary>The first event of a whole run, with the round's parameters put back.</summary>
    private static WorkerEvent WithParameters(Lab lab)
    {
        byte[]? parameters = null;
        lab.Functions.Script = (asked, work) =>
        {
            parameters ??= lab.Objects[$"{Lab.Output}/{asked.Parameters}"];
            return work();
        };
        WorkerEvent asked = Captured(lab);
        lab.Objects[$"{Lab.Output}/{asked.Parameters}"] = parameters;
        return asked;
    }
}
