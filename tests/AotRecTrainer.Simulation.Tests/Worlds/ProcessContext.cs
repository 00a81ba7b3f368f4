namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>
/// Where all code of one simulated process runs. Whatever it awaits comes back through here: a process that has died never goes on
/// behind any of its awaits, one that stands still goes on later.
/// </summary>
internal sealed class ProcessContext(World world) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _held = new();
    private bool _isHeld;

    public bool IsDead { get; private set; }

    public void Kill()
    {
        IsDead = true;
        _held.Clear();
    }

    public void Hold() => _isHeld = true;

    public void Release()
    {
        _isHeld = false;
        while (_held.TryDequeue(out (SendOrPostCallback Callback, object? State) next)) Post(next.Callback, next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsDead) world.Post(() => Execute(d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing may wait for a context by blocking");

    public override SynchronizationContext CreateCopy() => this;

    private void Execute(SendOrPostCallback callback, object? state)
    {
        if (IsDead) return;
        if (_isHeld)
        {
            _held.Enqueue((callback, state));
            return;
        }

        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
