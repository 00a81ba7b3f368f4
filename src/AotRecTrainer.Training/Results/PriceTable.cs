namespace AotRecTrainer.Training.Results;

/// <summary>
/// The prices of AWS that the project counts with: US dollars, us-east-1, on demand, without the free tier, from
/// aws.amazon.com/lambda/pricing, aws.amazon.com/s3/pricing and aws.amazon.com/ecr/pricing.
/// </summary>
public static class PriceTable
{
    /// <summary>When the prices were last compared with the pages.</summary>
    public const string Date = "October 2026";

    /// <summary>The region that they hold for.</summary>
    public const string Region = "us-east-1";

    /// <summary>One GB of images in a private repository of ECR for a month.</summary>
    public const double ImageGbMonth = 0.10;

    /// <summary>Lambda on x86-64.</summary>
    public static LambdaPrices X86 { get; } = new(GbSecond: 0.0000166667, Invocation: 0.20 / 1_000_000, StorageGbSecond: 0.0000000309);

    /// <summary>Lambda on arm64.</summary>
    public static LambdaPrices Arm64 { get; } = X86 with { GbSecond = 0.0000133334 };

    /// <summary>S3 Standard, the first 50 TB.</summary>
    public static StorePrices S3Standard { get; } = new(Write: 0.005 / 1000, Read: 0.0004 / 1000, UploadGb: 0, RetrievalGb: 0, GbMonth: 0.023);

    /// <summary>S3 Express One Zone.</summary>
    public static StorePrices S3Express { get; } =
        new(Write: 0.00113 / 1000, Read: 0.00003 / 1000, UploadGb: 0.0032, RetrievalGb: 0.0006, GbMonth: 0.11);
}
