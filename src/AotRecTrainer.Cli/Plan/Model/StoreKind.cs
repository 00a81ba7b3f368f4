using AotRecTrainer.Training.Results;

namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>A kind of object store: what it costs, and how fast it is taken to be where no run has measured it.</summary>
/// <param name="Name">Its name on the command line and in calibrations.</param>
/// <param name="Prices">What it costs.</param>
/// <param name="RequestMilliseconds">Time of a small request.</param>
/// <param name="MegabyteMilliseconds">Time of 1 MB more.</param>
internal sealed record StoreKind(string Name, StorePrices Prices, double RequestMilliseconds, double MegabyteMilliseconds)
{
    private const string ExpressSuffix = "--x-s3";

    /// <summary>A directory, which costs nothing to wait for; priced as S3, like the runs that use it.</summary>
    public static StoreKind Directory { get; } = new("directory", PriceTable.S3Standard, 0, 0);

    /// <summary>S3 Standard. AWS names tens of milliseconds for a small request and 85 to 90 MB/s for one connection.</summary>
    public static StoreKind S3 { get; } = new("s3", PriceTable.S3Standard, RequestMilliseconds: 30, MegabyteMilliseconds: 1000 / 85.0);

    /// <summary>S3 Express One Zone. AWS names single-digit milliseconds.</summary>
    public static StoreKind S3Express { get; } = new("s3-express", PriceTable.S3Express, RequestMilliseconds: 5, MegabyteMilliseconds: 1000 / 85.0);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<StoreKind> All { get; } = [Directory, S3, S3Express];

    /// <summary>The kind that a location is of.</summary>
    public static StoreKind Of(Uri location) => location.Scheme != "s3" ? Directory
        : location.Host.EndsWith(ExpressSuffix, StringComparison.Ordinal) ? S3Express
        : S3;

    /// <summary>Coefficients for this store: those of a calibration that has measured it, else with what is taken to be true on top.</summary>
    public double[] Adapt(Calibration calibration)
    {
        double[] coefficients = calibration.Coefficients();
        if (calibration.Store == Name) return coefficients;
        coefficients[CostTerms.IndexOf("wait.request")] += RequestMilliseconds;
        coefficients[CostTerms.IndexOf("wait.transfer")] += MegabyteMilliseconds;
        return coefficients;
    }
}
