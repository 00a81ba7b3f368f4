namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>Who takes a run's time.</summary>
internal enum Place
{
    /// <summary>The coordinator's processor.</summary>
    Coordinator,

    /// <summary>The workers' processors; the coordinator's when it trains alone.</summary>
    Worker,

    /// <summary>The object store and the way to it, which a larger share of a processor does not shorten.</summary>
    Store,
}
