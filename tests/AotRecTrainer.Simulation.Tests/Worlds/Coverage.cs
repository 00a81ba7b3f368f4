namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>How often every kind of event happened: a simulation in which nothing goes wrong proves nothing.</summary>
internal sealed class Coverage
{
    private readonly int[] _faults = new int[Enum.GetValues<Fault>().Length];
    private readonly int[] _recoveries = new int[Enum.GetValues<Recovery>().Length];

    public int this[Fault fault] => _faults[(int)fault];

    public int this[Recovery recovery] => _recoveries[(int)recovery];

    public void Add(Fault fault) => _faults[(int)fault]++;

    public void Add(Recovery recovery) => _recoveries[(int)recovery]++;

    /// <summary>Adds up; safe for several threads when all of them add to the same one.</summary>
    public void Add(Coverage other)
    {
        lock (_faults)
        {
            for (int i = 0; i < _faults.Length; i++) _faults[i] += other._faults[i];
            for (int i = 0; i < _recoveries.Length; i++) _recoveries[i] += other._recoveries[i];
        }
    }

    public override string ToString() => string.Join(
        Environment.NewLine,
        Enum.GetValues<Fault>().Select(fault => $"  fault    {fault,-24} {this[fault],9}")
            .Concat(Enum.GetValues<Recovery>().Select(recovery => $"  recovery {recovery,-24} {this[recovery],9}")));
}
