namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>A process's clocks: its time of day may be wrong and may jump, the passing of time is the world's.</summary>
internal sealed class ProcessClock(World world, SynchronizationContext context) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => world.Time.TimestampFrequency;

    public override long GetTimestamp() => world.Time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => world.Time.GetUtcNow() + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.Time.CreateTimer(_ => context.Post(inner => callback(inner), state), null, dueTime, period);
}
