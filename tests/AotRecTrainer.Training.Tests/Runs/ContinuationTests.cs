using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Runs;

/// <summary>Runs that take longer than an invocation may.</summary>
public sealed class ContinuationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly CoordinatorEvent Asked = Lab.Event() with { Epochs = 10 };

    [Theory]
    [InlineData("batch-gradient", 1, "await")]
    [InlineData("batch-gradient", 1, "poll")]
    [InlineData("batch-gradient", 3, "await")]
    [InlineData("als", 1, "await")]
    [InlineData("bayesian", 1, "await")]
    public void Train_LongerThanAnInvocation_GoesOnInTheNextToTheSameBits(string algorithm, int batches, string exchange)
    {
        CoordinatorEvent asked = Asked with { Algorithm = algorithm, BatchesPerEpoch = batches, BurnIn = 2, Exchange = exchange };
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(8));
        List<CoordinatorResult> results = RunToEnd(lab, asked);
        CoordinatorResult alone = Lab.TrainAlone(asked);
        CoordinatorResult last = results[^1];
        Assert.Equal(("complete", alone.ParametersSha256, alone.TestRmse), (last.State, last.ParametersSha256, last.TestRmse));
        Assert.All(results.SkipLast(1), result => Assert.Equal("continued", result.State));
        Assert.InRange(results.Count, batches == 1 ? 3 : 7, 8);
        Assert.Equal((results.Count, results.Count, 10), (last.Segments!.Value, lab.Lease().Token, last.RoundMilliseconds!.Length));
        Assert.Equal(Enumerable.Range(0, 11), lab.Metrics().Select(line => line.Epoch));

        // No round was done twice, and all of them are on the bill.
        Assert.Equal(((10 * batches) + 1) * 2, lab.Functions.Asked.Count);
        Assert.Equal(lab.Functions.Asked.Count, last.Requests!.Invoke);
        Assert.True(last.WallSeconds > 8 * ((10 * batches) + 1));
    }

    [Fact]
    public void Train_EveryInvocation_EndsWellBeforeItsDeadline()
    {
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(8));
        InvocationInfo invocation = lab.Invocation(Limit);
        lab.Time.Run(() => lab.TrainAsync(Asked, invocation));
        Assert.InRange(invocation.Deadline!.Value - lab.Time.GetUtcNow(), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(33));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Train_ARoundIsStuck_IsGivenUpInTimeAndDoneInTheNext(int batches)
    {
        CoordinatorEvent asked = Asked with { BatchesPerEpoch = batches };
        using Lab lab = new();
        bool isStuck = true;
        lab.Functions.Script = async (event_, work) =>
        {
            if (isStuck && event_.Round == 5) await Task.Delay(Timeout.InfiniteTimeSpan, lab.Time);
            return await work();
        };
        InvocationInfo invocation = lab.Invocation(Limit);
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(asked, invocation));
        Assert.Equal(("continued", 4), (first.State, lab.Lease().Checkpoint!.Round));
        Assert.InRange(invocation.Deadline!.Value - lab.Time.GetUtcNow(), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6));
        isStuck = false;
        CoordinatorResult second = lab.Train(lab.Functions.Continuations.Single());
        Assert.Equal(("complete", Lab.TrainAlone(asked).ParametersSha256), (second.State, second.ParametersSha256));
    }

    [Fact]
    public void Train_NoRoundFitsIntoAnInvocation_FailsAfterTwo()
    {
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(100));
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(Asked, lab.Invocation(Limit)));
        Assert.Equal(("continued", 1), (first.State, lab.Lease().IdleSegments));
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(
            () => lab.Time.Run(() => lab.TrainAsync(lab.Functions.Continuations.Single(), lab.Invocation(Limit))));
        Assert.StartsWith("an epoch does not fit into the function's time limit of 60 s; ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(("failed", "failed", problem.Message), (lab.Lease().State, lab.Status().State, lab.Status().Message));

        // With more time it does.
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, lab.Resume().ParametersSha256);
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 1)]
    public void Train_TheNextInvocationIsRefused_FailsWithACheckpointAndSaysHowToGoOn(bool isPermanent, int attempts)
    {
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(8));
        int asks = 0;
        lab.Functions.OnContinuation = _ =>
        {
            asks++;
            throw new InvokeException("no more functions today") { IsPermanent = isPermanent };
        };
        TrainingFailedException problem = Assert.Throws<TrainingFailedException>(() => lab.Time.Run(() => lab.TrainAsync(Asked, lab.Invocation(Limit))));
        Assert.Equal(
            "the run could not go on in another invocation: no more functions today; resume it with: aotrec train --resume --run a-run --output mem://runs",
            problem.Message);
        Assert.Equal((attempts, "failed"), (asks, lab.Lease().State));
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, lab.Resume().ParametersSha256);
    }

    [Fact]
    public void Train_TheAnswerToTheNextInvocationIsLost_LeavesTheRunToIt()
    {
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(8));
        Task<CoordinatorResult>? next = null;
        lab.Functions.OnContinuation = asked =>
        {
            lab.Functions.OnContinuation = static _ => { };
            next = lab.TrainAsync(asked, lab.Invocation());
            throw new InvokeException("the connection broke");
        };
        (CoordinatorResult first, CoordinatorResult second) = lab.Time.Run(async () =>
            (await lab.TrainAsync(Asked, lab.Invocation(Limit)), await next!));
        Assert.Equal(("continued", "complete"), (first.State, second.State));
        Assert.Equal(Lab.TrainAlone(Asked).ParametersSha256, second.ParametersSha256);
        Assert.Empty(lab.Functions.Continuations);
    }

    [Fact]
    public void Train_TheClockIsSetAnew_DoesNotChangeWhenItIsTimeToHandOver()
    {
        using Lab lab = new();
        Slow(lab, TimeSpan.FromSeconds(8));
        lab.Functions.Script = async (event_, work) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(8), lab.Time);
            lab.Time.Offset = TimeSpan.FromHours(event_.Round % 2 == 0 ? 3 : -3);
            return await work();
        };
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(Asked, lab.Invocation(Limit)));
        Assert.Equal("continued", first.State);
        Assert.InRange(lab.Time.Elapsed, TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(54));
    }

    private static void Slow(Lab lab, TimeSpan time) => lab.Functions.Script = async (_, work) =>
    {
        await Task.Delay(time, lab.Time);
        return await work();
    };

    /// <summary>Runs an event and what it asks for until nothing more is asked for.</summary>
    private static List<CoordinatorResult> RunToEnd(Lab lab, CoordinatorEvent asked)
    {
        List<CoordinatorResult> results = [lab.Time.Run(() => lab.TrainAsync(asked, lab.Invocation(Limit)))];
        while (lab.Functions.Continuations.Count >= results.Count)
        {
            CoordinatorEvent next = lab.Functions.Continuations[results.Count - 1];
            results.Add(lab.Time.Run(() => lab.TrainAsync(next, lab.Invocation(Limit))));
        }

        return results;
    }
}
