namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What one thing of every kind takes, as it was measured; the content of a calibration file.</summary>
public sealed record Calibration
{
    /// <summary>The day of the measurements, such as 2026-11-25.</summary>
    public required string Date { get; init; }

    /// <summary>Where it was measured, in words.</summary>
    public required string Machine { get; init; }

    /// <summary>Kind of the store that the runs used: <c>directory</c>, <c>s3</c> or <c>s3-express</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Runs that it comes from.</summary>
    public required int Runs { get; init; }

    /// <summary>Median of |forecast / measured - 1| of these runs themselves.</summary>
    public required double MedianError { get; init; }

    /// <summary>Coefficients by term; a term that is missing is 0.</summary>
    public required SortedDictionary<string, double> Terms { get; init; }

    /// <summary>The coefficients in the order of <see cref="CostTerms.All"/>.</summary>
    internal double[] Coefficients() => [.. CostTerms.All.Select(term => Terms.GetValueOrDefault(term.Name))];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Problem()
    {
        if (Terms.Count == 0) return "it has no terms";
        foreach ((string name, double value) in Terms)
        {
            if (CostTerms.IndexOf(name) < 0) return $"term '{name}' is not known, expected one of {string.Join(", ", CostTerms.All.Select(term => term.Name))}";
            if (!(value >= 0) || double.IsInfinity(value)) return $"term '{name}' is {value}, expected 0 or more";
        }

        return null;
    }
}
