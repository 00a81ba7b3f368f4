using AotRecTrainer.Training.Results;

namespace AotRecTrainer.Training.Tests.Results;

/// <summary>The examples that AWS works through on its pages, to the cent.</summary>
public sealed class PriceTableTests
{
    private const double FreeGbSeconds = 400_000;
    private const long FreeInvocations = 1_000_000;
    private const double Kilobyte = 1 << 10;
    private const double Megabyte = 1 << 20;
    private const double Gigabyte = 1 << 30;

    // aws.amazon.com/lambda/pricing, example 1: a mobile application's backend, 3 million times 120 ms of 1,536 MB, with the free tier.
    [Fact]
    public void X86_MobileBackendOfThePricingPage_IsItsTotal()
    {
        double gbSeconds = 3_000_000 * 0.120 * 1536 / 1024;
        Assert.Equal(540_000, gbSeconds, 1e-6);
        Assert.Equal(2.73, Cents(PriceTable.X86.Of(gbSeconds - FreeGbSeconds, 3_000_000 - FreeInvocations)));
    }

    // Example 2: telemetry of 10,000 vehicles, every hour of 31 days two seconds of 1 GB, without the free tier.
    [Fact]
    public void X86_TelemetryOfThePricingPage_IsItsTotal()
    {
        long messages = 10_000 * 24 * 31;
        Assert.Equal(249.49, Cents(PriceTable.X86.Of(messages * 2.0, messages)));
    }

    // Example 3: 6 million times 280 ms of 4,096 MB with 2,048 MB of storage, of which 512 MB are free.
    [Fact]
    public void X86_SupportTicketsOfThePricingPage_IsItsTotalWithStorage()
    {
        double seconds = 6_000_000 * 0.280;
        double storage = seconds * (2048 - 512) / 1024;
        Assert.Equal(2_520_000, storage, 1e-6);
        Assert.Equal(106.41, Cents(PriceTable.X86.Of((seconds * 4) - FreeGbSeconds, 6_000_000 - FreeInvocations, storage)));
    }

    // aws.amazon.com/s3/faqs, S3 Express One Zone, example 1: 10 GB for a month, a million writes and 9 million reads of 10 KB.
    [Fact]
    public void S3Express_FirstExampleOfTheQuestions_IsItsTotal()
    {
        double requests = PriceTable.S3Express.Of(1_000_000, 9_000_000, 1_000_000 * 10 * Kilobyte, 9_000_000 * 10 * Kilobyte);
        Assert.Equal(2.58, Cents(PriceTable.S3Express.OfStorage(10 * Gigabyte, months: 1) + requests));
    }

    // Example 2: 10 TB for 8 hours of each of 30 days, with 5,242,880 writes and 10,485,760 reads of 2 MB a day; a month of 744 hours, which
    // the page rounds on the way.
    [Fact]
    public void S3Express_SecondExampleOfTheQuestions_IsEachOfItsSums()
    {
        const double writes = 5_242_880.0 * 30, reads = 10_485_760.0 * 30;
        double months = 30 * 8 / 744.0;
        Assert.Equal(363.41, PriceTable.S3Express.OfStorage(10 * 1024 * Gigabyte, months), 0.1);
        Assert.Equal(177.73, Cents(PriceTable.S3Express.Of(writes, reads: 0)));
        Assert.Equal(9.44, Cents(PriceTable.S3Express.Of(writes: 0, reads)));
        Assert.Equal(
            writes * 2 / 1024 * 0.0032, PriceTable.S3Express.Of(writes, 0, writes * 2 * Megabyte) - PriceTable.S3Express.Of(writes, 0), 1e-6);
    }

    [Fact]
    public void S3Standard_ThousandsOfRequests_CostWhatThePageSays()
    {
        Assert.Equal(0.005, PriceTable.S3Standard.Of(1000, 0), 1e-12);
        Assert.Equal(0.0004, PriceTable.S3Standard.Of(0, 1000), 1e-12);
        Assert.Equal(0, PriceTable.S3Standard.Of(0, 0, Gigabyte, Gigabyte));
        Assert.Equal(0.023, PriceTable.S3Standard.OfStorage(Gigabyte, months: 1), 1e-12);
    }

    // The page: up to 20 % less for duration, the same for requests.
    [Fact]
    public void Arm64_SameUse_IsAFifthCheaperInTimeAlone()
    {
        Assert.Equal(0.8, PriceTable.Arm64.Of(1e6, 0) / PriceTable.X86.Of(1e6, 0), 1e-4);
        Assert.Equal(PriceTable.X86.Of(0, 1_000_000), PriceTable.Arm64.Of(0, 1_000_000));
    }

    private static double Cents(double dollars) => Math.Round(dollars, 2, MidpointRounding.AwayFromZero);
}
