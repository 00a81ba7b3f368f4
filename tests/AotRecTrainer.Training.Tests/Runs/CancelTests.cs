using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Runs;

/// <summary>A run that somebody wants to stop.</summary>
public sealed class CancelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancel_ARunningRun_StopsAtTheNextRoundAndCanGoOn(int batches)
    {
        CoordinatorEvent asked = Lab.Event() with { Epochs = 12, BatchesPerEpoch = batches };
        using Lab lab = new();
        InSlowRounds(lab);
        InvocationInfo invocation = lab.Invocation();
        (CoordinatorResult stopped, int asks) = lab.Time.Run(async () =>
        {
            Task<CoordinatorResult> running = lab.TrainAsync(asked, invocation);
            await Task.Delay(TimeSpan.FromSeconds(10), lab.Time);
            int before = lab.Functions.Asked.Max(event_ => event_.Round);
            Assert.True(await RunControl.CancelAsync(lab.Objects.Open(Lab.Output), "a-run"));
            return (await running, before);
        });
        int last = lab.Functions.Asked.Max(event_ => event_.Round);
        Assert.InRange(last, asks, asks + 1);
        Assert.Equal(("cancelled", last / batches), (stopped.State, stopped.Rounds!.Value));
        Assert.Null(stopped.Model);
        Assert.Null(stopped.ParametersSha256);
        Assert.Equal(("cancelled", "cancelled", last), (lab.Status().State, lab.Lease().State, lab.Lease().Checkpoint!.Round));
        Assert.Equal("stopped on request; resume it with: aotrec train --resume --run a-run --output mem://runs", lab.Status().Message);

        // A second delivery does not start it again.
        CoordinatorResult again = lab.Time.Run(() => lab.TrainAsync(asked, invocation));
        Assert.Equal(("cancelled", 1), (again.State, lab.Lease().Token));
        CoordinatorResult result = lab.Resume();
        Assert.Equal(("complete", Lab.TrainAlone(asked).ParametersSha256), (result.State, result.ParametersSha256));
        Assert.False(lab.Exists("a-run/cancel.json"));
    }

    [Fact]
    public void Cancel_WhileOneInvocationHandsOverToTheNext_IsHeard()
    {
        using Lab lab = new();
        InSlowRounds(lab);
        CoordinatorEvent asked = Lab.Event() with { Epochs = 30 };
        CoordinatorResult first = lab.Time.Run(() => lab.TrainAsync(asked, lab.Invocation(TimeSpan.FromSeconds(40))));
        Assert.Equal("continued", first.State);
        lab.Time.Run(() => RunControl.CancelAsync(lab.Objects.Open(Lab.Output), "a-run"));
        int before = lab.Functions.Asked.Max(event_ => event_.Round);
        CoordinatorResult second = lab.Train(lab.Functions.Continuations.Single());
        Assert.Equal("cancelled", second.State);
        Assert.InRange(lab.Functions.Asked.Max(event_ => event_.Round), before, before + 1);
        Assert.Equal(("complete", Lab.TrainAlone(asked).ParametersSha256), (lab.Resume().State, lab.Resume().ParametersSha256));
    }

    [Fact]
    public void Cancel_EarlierEventsAreDeliveredAgain_StaysStopped()
    {
        // Three events have had the run by the time it is stopped: one that began it, one of a coordinator that handed it on, one of a person.
        using Lab lab = new();
        InSlowRounds(lab);
        InvocationInfo first = lab.Invocation(TimeSpan.FromSeconds(40)), second = lab.Invocation(), third = lab.Invocation();
        CoordinatorEvent asked = Lab.Event() with { Epochs = 30 }, resume = new() { Run = "a-run", Output = Lab.Output, Resume = true };
        Assert.Equal("continued", lab.Time.Run(() => lab.TrainAsync(asked, first)).State);
        CoordinatorEvent handedOn = lab.Functions.Continuations.Single();
        Assert.Equal("cancelled", StopAfterASecond(handedOn, second));
        Assert.Equal("cancelled", StopAfterASecond(resume, third));
        foreach ((CoordinatorEvent again, InvocationInfo invocation) in new[] { (asked, first), (handedOn, second), (resume, third) })
            Assert.Equal(("cancelled", 3), (lab.Time.Run(() => lab.TrainAsync(again, invocation)).State, lab.Lease().Token));
        Assert.Equal(("complete", Lab.TrainAlone(asked).ParametersSha256), (lab.Resume().State, lab.Resume().ParametersSha256));

        string StopAfterASecond(CoordinatorEvent event_, InvocationInfo invocation) => lab.Time.Run(async () =>
        {
            Task<CoordinatorResult> running = lab.TrainAsync(event_, invocation);
            await Task.Delay(TimeSpan.FromSeconds(1), lab.Time);
            await RunControl.CancelAsync(lab.Objects.Open(Lab.Output), "a-run");
            return (await running).State;
        });
    }

    [Fact]
    public void Cancel_NoSuchRun_SaysSo()
    {
        using Lab lab = new();
        Assert.False(lab.Time.Run(() => RunControl.CancelAsync(lab.Objects.Open(Lab.Output), "a-run")));
        Assert.Empty(lab.KeysOf("a-run"));
    }

    private static void InSlowRounds(Lab lab) => lab.Functions.Script = async (_, work) =>
    {
        await Task.Delay(TimeSpan.FromSeconds(3), lab.Time);
        return await work();
    };
}
