namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What a configuration is expected to take.</summary>
/// <param name="Workers">Workers; 0 is the coordinator alone.</param>
/// <param name="Memory">Memory of every function in MB.</param>
/// <param name="Seconds">From the event to the saved model.</param>
/// <param name="Parts">The same, by what it goes into.</param>
/// <param name="GbSeconds">Memory times time of all functions.</param>
/// <param name="Writes">PUT and LIST requests.</param>
/// <param name="Reads">GET requests.</param>
/// <param name="Invocations">Invocations.</param>
/// <param name="FunctionsUsd">Price of the functions.</param>
/// <param name="StoreUsd">Price of the requests to the store and of what they carry.</param>
internal sealed record Forecast(
    int Workers, int Memory, double Seconds, IReadOnlyDictionary<Part, double> Parts, double GbSeconds, double Writes, double Reads, long Invocations,
    double FunctionsUsd, double StoreUsd)
{
    /// <summary>Price of the run.</summary>
    public double CostUsd => FunctionsUsd + StoreUsd;
}
