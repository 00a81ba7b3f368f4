using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Invocations;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class EventSlotTests
{
    private readonly EventSlot _slot = new();
    private readonly Invocation _first = Event("1");
    private readonly Invocation _second = Event("2");

    [Fact]
    public void Ask_BeforeTheEvent_GetsItOnceItIsThere()
    {
        EventRequest request = _slot.Ask();
        Assert.False(request.Event.IsCompleted);

        Put(_first);

        Assert.Same(_first, EventOf(request));
    }

    [Fact]
    public void Ask_AfterAnAnswer_FinishesThatInvocation()
    {
        _slot.Ask();
        Put(_first);
        _slot.Answer("1", Success);

        EventRequest request = _slot.Ask();

        Assert.Equal(new FinishedInvocation(_first, Success), request.Finished);
        Assert.False(_slot.IsTaken);
        Put(_second);
        Assert.Same(_second, EventOf(request));
    }

    [Fact]
    public void Ask_Twice_TheSecondRequestGetsTheEvent()
    {
        EventRequest abandoned = _slot.Ask();
        EventRequest standing = _slot.Ask();

        Put(_first);

        Assert.True(abandoned.Event.IsCanceled);
        Assert.Same(_first, EventOf(standing));
        Assert.True(abandoned.IsFirst);
        Assert.False(standing.IsFirst);
    }

    [Fact]
    public void HandOver_RequestAbandoned_WaitsForTheNext()
    {
        _slot.Abandon(_slot.Ask());

        Put(_first);

        Assert.Same(_first, EventOf(_slot.Ask()));
    }

    [Fact]
    public void HandOver_DeliveryFailedAfterTheProcessAskedAnew_GivesItToTheNewRequest()
    {
        _slot.Ask();
        Put(_first);
        _first.IsDelivered = false;
        EventRequest anew = _slot.Ask();
        Assert.False(anew.Event.IsCompleted);

        _slot.HandOver(_first);

        Assert.Same(_first, EventOf(anew));
    }

    [Fact]
    public void HandOver_NoLongerTheSlotsEvent_DoesNothing()
    {
        EventRequest request = _slot.Ask();
        _slot.TryReserve(_second);

        _slot.HandOver(_first);

        Assert.False(request.Event.IsCompleted);
    }

    [Fact]
    public void Ask_DeliveredAndNotAnswered_IsRefused()
    {
        _slot.Ask();
        Put(_first);
        _first.IsDelivered = true;

        Assert.Equal(403, Assert.Throws<RuntimeApiException>(_slot.Ask).Status);
    }

    [Fact]
    public void Answer_OtherIdOrTwice_IsRefused()
    {
        Put(_first);

        Assert.Equal(400, Assert.Throws<RuntimeApiException>(() => _slot.Answer("2", Success)).Status);
        Assert.Same(_first, _slot.Answer("1", Success));
        Assert.Equal(403, Assert.Throws<RuntimeApiException>(() => _slot.Answer("1", Success)).Status);
    }

    [Fact]
    public void Close_WithAnEvent_GivesItBackAndRefusesMore()
    {
        EventRequest request = _slot.Ask();
        _slot.TryReserve(_first);

        Assert.Equal((_first, null), _slot.Close());
        Assert.True(request.Event.IsCanceled);
        Assert.False(_slot.TryReserve(_second));
        Assert.Throws<RuntimeApiException>(_slot.Ask);
    }

    private static InvocationOutcome Success { get; } = new(InvocationStatus.Success, []);

    private static Invocation EventOf(EventRequest request)
    {
        Assert.True(request.Event.IsCompletedSuccessfully);
        return request.Event.Result;
    }

    private static Invocation Event(string id) =>
        new(new InvocationRequest { RequestId = id, FunctionArn = "arn", Payload = [], TraceId = "trace" });

    private void Put(Invocation invocation)
    {
        Assert.True(_slot.TryReserve(invocation));
        _slot.HandOver(invocation);
    }
}
