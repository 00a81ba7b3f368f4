namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>What becomes of a call at a process's door.</summary>
internal enum Passage
{
    /// <summary>It goes out, and the answer comes back.</summary>
    Open,

    /// <summary>It went out with the process's last breath; nobody is there for the answer.</summary>
    OneWay,

    /// <summary>The process is dead; nothing goes out.</summary>
    Shut,
}
