using System.Text.Json;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Runs;

/// <summary>Lambda delivers an event at least once.</summary>
public sealed class SecondDeliveryTests
{
    private static readonly CoordinatorEvent Asked = Lab.Event() with { Epochs = 6, CheckpointEvery = 2 };

    [Fact]
    public void Train_DeliveredAgainAfterItsEnd_AnswersTheSameAndTouchesNothing()
    {
        using Lab lab = new();
        InvocationInfo invocation = lab.Invocation();
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(Asked, invocation));
        Dictionary<string, byte[]> before = lab.Objects.Keys.ToDictionary(key => key, key => lab.Objects[key]!, StringComparer.Ordinal);
        CoordinatorResult second = lab.Time.Run(() => lab.TrainAsync(Asked, invocation));
        Assert.Equal(Json(first), Json(second));
        Assert.Equal(before.Keys, lab.Objects.Keys);
        foreach ((string key, byte[] content) in before) Assert.Equal(content, lab.Objects[key]);
    }

    [Fact]
    public void Train_DeliveredAgainWhileItRuns_AnswersThatItRuns()
    {
        using Lab lab = new();
        lab.Functions.Script = async (_, work) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), lab.Time);
            return await work();
        };
        InvocationInfo invocation = lab.Invocation();
        (CoordinatorResult first, CoordinatorResult second) = lab.Time.Run(async () =>
        {
            Task<CoordinatorResult> running = lab.TrainAsync(Asked, invocation);
            await Task.Delay(TimeSpan.FromSeconds(31), lab.Time);
            CoordinatorResult again = await lab.TrainAsync(Asked, invocation);
            return (await running, again);
        });
        Assert.Equal("""{"role":"coordinator","run":"a-run","state":"running","model":null""", Json(second)[..66]);
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, first.ParametersSha256);
        Assert.Equal((1, 1), (first.Segments!.Value, lab.Lease().Token));
    }

    [Fact]
    public void Train_DeliveredAgainAfterThePowerWent_GoesOn()
    {
        using Lab lab = new();
        InvocationInfo invocation = lab.Invocation();
        lab.Objects.Before = (call, _) => call.Key.Contains("/checkpoints/00004/", StringComparison.Ordinal) ? throw new PowerOutException() : ValueTask.CompletedTask;
        Assert.Throws<PowerOutException>(() => lab.Time.Run(() => lab.TrainAsync(Asked, invocation)));
        lab.Objects.Before = null;
        CoordinatorResult result = lab.Time.Run(() => lab.TrainAsync(Asked, invocation));
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, result.ParametersSha256);
    }

    [Fact]
    public void Train_WithoutANameDeliveredAgain_IsOneRun()
    {
        using Lab lab = new();
        InvocationInfo invocation = new("c3f8-11", null);
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(Asked with { Run = null }, invocation));
        CoordinatorResult second = lab.Time.Run(() => lab.TrainAsync(Asked with { Run = null }, invocation));
        Assert.Equal(("run-c3f8-11", Json(first)), (first.Run, Json(second)));
    }

    [Fact]
    public void Train_AnotherEventOfThatName_IsRefused()
    {
        using Lab lab = new();
        lab.Train(Asked);
        TrainingInputException problem = Assert.Throws<TrainingInputException>(() => lab.Train(Asked));
        Assert.Equal("run \"a-run\" exists already in mem://runs/; choose another name, or resume it", problem.Message);
    }

    [Fact]
    public void Train_TwoThatWantToGoOn_GoOnOnce()
    {
        using Lab lab = new();
        lab.TrainUntil(Asked, call => call.Key.Contains("/checkpoints/00004/", StringComparison.Ordinal));
        CoordinatorEvent resume = new() { Run = "a-run", Output = Lab.Output, Resume = true };
        CoordinatorResult[] results = lab.Time.Run(() => Task.WhenAll(lab.TrainAsync(resume, lab.Invocation()), lab.TrainAsync(resume, lab.Invocation())));
        Assert.Equal(["complete", "running"], results.Select(result => result.State).Order());
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, results.Single(result => result.State == "complete").ParametersSha256);
    }

    [Fact]
    public void Train_ACoordinatorThatStoodStill_StopsAndTouchesNothingMore()
    {
        // It is frozen in the middle of a round; meanwhile another goes on to the end.
        using Lab lab = new();
        TaskCompletionSource thaw = new();
        bool isFrozen = false;
        lab.Objects.Before = async (call, _) =>
        {
            if (isFrozen || !call.Key.Contains("/rounds/00004/parameters", StringComparison.Ordinal)) return;
            isFrozen = true;
            await thaw.Task;
        };
        (Exception? stale, CoordinatorResult next, string[] before) = lab.Time.Run(async () =>
        {
            Task<CoordinatorResult> running = lab.TrainAsync(Asked, lab.Invocation());

            // Its signs of life stop as well: everything of it stands still.
            while (!isFrozen) await Task.Delay(TimeSpan.FromMilliseconds(1), lab.Time);
            lab.Objects[$"{Lab.Output}/a-run/lease.json"] = JsonSerializer.SerializeToUtf8Bytes(
                lab.Lease() with { Token = 2, Owner = "another/1", State = "released" }, TrainingJson.Default.LeaseRecord);
            CoordinatorResult result = await lab.TrainAsync(new CoordinatorEvent { Run = "a-run", Output = Lab.Output, Resume = true }, lab.Invocation());
            string[] contents = Contents(lab);
            thaw.SetResult();
            return (await Record.ExceptionAsync(() => running), result, contents);
        });
        Assert.Equal("run \"a-run\": another coordinator has taken over", Assert.IsType<TrainingFailedException>(stale).Message);
        Assert.Equal(("complete", 3), (next.State, lab.Lease().Token));
        Assert.Equal(before, Contents(lab));

        static string[] Contents(Lab lab) => [.. lab.Objects.Keys.Where(key => !key.Contains("/rounds/", StringComparison.Ordinal)).Select(key => $"{key} {Convert.ToHexString(lab.Objects[key]!)}")];
    }

    private static string Json(CoordinatorResult result) => JsonSerializer.Serialize(result, TrainingJson.Default.CoordinatorResult);
}
