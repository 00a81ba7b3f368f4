namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>One training that is measured, forecast, or both.</summary>
/// <param name="Data">Name of its data set.</param>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Workers">Workers; 0 is the coordinator alone.</param>
/// <param name="Memory">Memory of the functions in MB.</param>
/// <param name="Factors">Length of the factor vectors.</param>
internal sealed record Cell(string Data, string Algorithm, int Workers, int Memory, int Factors)
{
    private const string Gradient = "batch-gradient", Als = "als", Bayesian = "bayesian";

    /// <summary>What the model learns from: every term in at least two of its sizes.</summary>
    public static Cell[] Calibrating { get; } =
    [
        new("1m", Gradient, 0, 1769, 16), new("1m", Gradient, 1, 1769, 8), new("1m", Gradient, 1, 1024, 32), new("1m", Gradient, 2, 1769, 32),
        new("1m", Gradient, 5, 1024, 8), new("1m", Gradient, 5, 2654, 32), new("2m", Gradient, 2, 1769, 16), new("2m", Gradient, 5, 2654, 16),
        new("200k", Gradient, 1, 1024, 16), new("200k", Gradient, 4, 1769, 16),
        new("1m", Als, 0, 1769, 8), new("1m", Als, 1, 1024, 8), new("1m", Als, 2, 1769, 16), new("1m", Als, 5, 2654, 24), new("1m", Als, 5, 1769, 8),
        new("2m", Als, 2, 2654, 8), new("2m", Als, 5, 1769, 16), new("200k", Als, 1, 1769, 16), new("200k", Als, 4, 1024, 8),
        new("1m", Bayesian, 1, 1769, 8), new("1m", Bayesian, 5, 1769, 16), new("2m", Bayesian, 2, 2654, 8), new("200k", Bayesian, 4, 1024, 16),
    ];

    /// <summary>What it has not seen: none of these is among the former, and one data set, and all factors but two, are new.</summary>
    public static Cell[] Forecast { get; } =
    [
        new("500k", Gradient, 1, 1400, 12), new("500k", Gradient, 3, 1769, 24), new("500k", Als, 3, 1769, 12), new("500k", Als, 4, 1400, 20),
        new("500k", Bayesian, 3, 2200, 12), new("1m", Gradient, 3, 1400, 16), new("1m", Gradient, 4, 2200, 24), new("1m", Als, 1, 2200, 12),
        new("1m", Als, 3, 1769, 12), new("1m", Als, 4, 2200, 20), new("1m", Bayesian, 3, 1769, 12), new("2m", Gradient, 1, 1769, 12),
        new("2m", Gradient, 3, 2200, 24), new("2m", Als, 3, 1769, 12), new("2m", Als, 4, 2654, 12), new("200k", Gradient, 3, 1300, 32),
        new("200k", Als, 2, 1769, 12),
    ];
}
