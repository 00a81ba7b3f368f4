namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>
/// All chance of a world, from its seed. Streams forked from one seed do not disturb each other: a fault more in the store leaves
/// what becomes of the invocations as it was.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private readonly ulong _seed = seed;
    private ulong _drawn;

    public Dice Fork(string stream)
    {
        ulong mixed = _seed;
        foreach (char letter in stream) mixed = Mix(mixed ^ letter);
        return new Dice(mixed);
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in 0..<paramref name="count"/>-1.</summary>
    public int Below(int count) => (int)(NextDouble() * count);

    public bool Chance(double probability) => NextDouble() < probability;

    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + ((to - from) * NextDouble());

    /// <summary>Between two bounds, every order of magnitude as likely as the others.</summary>
    public double Spread(double from, double to) => from * Math.Pow(to / from, NextDouble());

    public TimeSpan Spread(TimeSpan from, TimeSpan to) => TimeSpan.FromTicks((long)Spread(from.Ticks, (double)to.Ticks));

    private ulong Next()
    {
        // splitmix64: any seed is a good one, also 1, 2, 3.
        return Mix(_seed + (++_drawn * 0x9E3779B97F4A7C15));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
