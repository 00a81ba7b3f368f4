namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>A forecast and what it was like.</summary>
internal sealed record Comparison(Cell Cell, Outcome Forecast, Outcome Measured)
{
    /// <summary>How far off the time was; 0.1 is ten percent too long.</summary>
    public double TimeError => (Forecast.Seconds / Measured.Seconds) - 1;

    /// <summary>How far off the price was.</summary>
    public double CostError => (Forecast.CostUsd / Measured.CostUsd) - 1;

    /// <summary>Median of errors without their signs.</summary>
    public static double Median(IEnumerable<double> errors)
    {
        double[] sorted = [.. errors.Select(Math.Abs).Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
