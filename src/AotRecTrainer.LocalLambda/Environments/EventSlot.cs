using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Invocations;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>
/// Where the server and one process meet: at most one event, at most one request for it, and the process's answer. An event is
/// reserved, handed over, given to the process, answered, and gone when the process asks for the next one. Thread-safe.
/// </summary>
internal sealed class EventSlot
{
    private readonly Lock _gate = new();
    private EventRequest? _request;
    private Invocation? _invocation;
    private InvocationOutcome? _answer;
    private bool _isOnOffer;
    private bool _wasAsked;
    private bool _isClosed;

    /// <summary>Takes the slot for an event, which the process does not get yet; false when the slot is closed.</summary>
    public bool TryReserve(Invocation invocation)
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _invocation = invocation;
            _answer = null;
            _isOnOffer = false;
            return true;
        }
    }

    /// <summary>Gives the process the event, now or when it asks; nothing when it is no longer the slot's event.</summary>
    public void HandOver(Invocation invocation)
    {
        lock (_gate)
        {
            if (_invocation != invocation || _answer is not null)
                return;
            invocation.IsDelivered = false;
            _isOnOffer = true;
            GiveIfAsked();
        }
    }

    /// <summary>The process asks for an event; a request that it still has standing is cancelled.</summary>
    /// <exception cref="RuntimeApiException">It has an event that it has not answered, or the slot is closed.</exception>
    public EventRequest Ask()
    {
        lock (_gate)
        {
            if (_isClosed || (_invocation is { IsDelivered: true } && _answer is null))
                throw RuntimeApiException.InvalidTransition();

            FinishedInvocation? finished = null;
            if (_invocation is not null && _answer is not null)
            {
                finished = new(_invocation, _answer);
                _invocation.MarkEnded();
                _invocation = null;
            }

            _request?.Cancel();
            EventRequest request = _request = new(!_wasAsked, finished);
            _wasAsked = true;
            GiveIfAsked();
            return request;
        }
    }

    /// <summary>The process no longer waits for its request.</summary>
    public void Abandon(EventRequest request)
    {
        lock (_gate)
        {
            if (_request == request)
                _request = null;
        }

        request.Cancel();
    }

    /// <summary>Throws unless the process may answer the request of this id now.</summary>
    /// <exception cref="RuntimeApiException">It is another id, or it has been answered.</exception>
    public void CheckAnswerable(string requestId)
    {
        lock (_gate)
        {
            if (_invocation?.Request.RequestId != requestId)
                throw RuntimeApiException.InvalidRequestId(requestId);
            if (_answer is not null)
                throw RuntimeApiException.InvalidTransition();
        }
    }

    /// <summary>The process answers; returns what it has answered.</summary>
    /// <exception cref="RuntimeApiException">It is another id, or it has been answered.</exception>
    public Invocation Answer(string requestId, InvocationOutcome outcome)
    {
        lock (_gate)
        {
            CheckAnswerable(requestId);
            _answer = outcome;
            _invocation!.IsDelivered = true;
            return _invocation;
        }
    }

    /// <summary>Whether the process has, or is about to get, an event.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_gate)
                return _invocation is not null;
        }
    }

    /// <summary>Whether the process has got as far as asking for an event.</summary>
    public bool WasAsked
    {
        get
        {
            lock (_gate)
                return _wasAsked;
        }
    }

    /// <summary>The process has ended: returns the event it had, if any, and its answer, if it gave one.</summary>
    public (Invocation? Invocation, InvocationOutcome? Answer) Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _request?.Cancel();
            _request = null;
            Invocation? invocation = _invocation;
            invocation?.MarkEnded();
            _invocation = null;
            return (invocation, _answer);
        }
    }

    private void GiveIfAsked()
    {
        if (!_isOnOffer || _request is null || _invocation is null || !_request.TryGive(_invocation))
            return;
        _isOnOffer = false;
        _request = null;
    }
}
