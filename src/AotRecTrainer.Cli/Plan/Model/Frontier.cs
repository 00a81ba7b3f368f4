namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>Which of many configurations are worth a thought: those that no other one beats in both time and money.</summary>
internal sealed class Frontier
{
    /// <summary>Finds them.</summary>
    /// <param name="all">All configurations.</param>
    public Frontier(IEnumerable<Forecast> all)
    {
        All = [.. all.OrderBy(forecast => forecast.Seconds).ThenBy(forecast => forecast.CostUsd)];
        List<Forecast> best = [];
        foreach (Forecast next in All)
        {
            if (best.Count == 0 || next.CostUsd < best[^1].CostUsd) best.Add(next);
        }

        Best = best;
    }

    /// <summary>All configurations, the fastest first.</summary>
    public IReadOnlyList<Forecast> All { get; }

    /// <summary>Those on the frontier: the fastest first, the cheapest last.</summary>
    public IReadOnlyList<Forecast> Best { get; }

    /// <summary>The cheapest that is done in time; null when none is.</summary>
    public Forecast? CheapestWithin(double seconds) => Best.LastOrDefault(forecast => forecast.Seconds <= seconds);

    /// <summary>The fastest for the money; null when there is none.</summary>
    public Forecast? FastestFor(double dollars) => Best.FirstOrDefault(forecast => forecast.CostUsd <= dollars);
}
