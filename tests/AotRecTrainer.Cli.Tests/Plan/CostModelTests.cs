using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Training.Results;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class CostModelTests
{
    private static readonly CostModel Model = new(Planted.Coefficients(), PriceTable.X86, PriceTable.S3Standard);

    [Fact]
    public void Of_Parts_AddUpToTheTime()
    {
        foreach ((Work work, Setting setting) in Planted.Grid())
        {
            Forecast forecast = Model.Of(work, setting);
            Assert.Equal(forecast.Seconds, forecast.Parts.Values.Sum(), 1e-9);
            Assert.Equal(forecast.Seconds, CostTerms.Milliseconds(Planted.Coefficients(), work, setting) / 1000, 1e-9);
            Assert.Equal(Enum.GetValues<Part>(), forecast.Parts.Keys);
        }
    }

    // Three workers that wait for a slow store are paid for their two requests a round, the coordinator for all five.
    [Fact]
    public void Of_TimeAtTheStore_IsPaidForByWhoeverWaits()
    {
        double[] store = new double[CostTerms.All.Count];
        store[CostTerms.IndexOf("wait.request")] = 1000;
        Forecast forecast = new CostModel(store, PriceTable.X86, PriceTable.S3Standard).Of(Planted.Work(3), new Setting(3, 1024));
        Assert.Equal(11 * 5, forecast.Seconds, 1e-9);
        Assert.Equal(11 * (5 + (3 * 2)), forecast.GbSeconds, 1e-9);
    }

    [Fact]
    public void Of_MoreMemory_IsNeverSlower()
    {
        int[] memories = [128, 512, 885, 1769, 2654, 3538, 10240];
        double[] seconds = [.. memories.Select(memory => Model.Of(Planted.Work(3), new Setting(3, memory)).Seconds)];
        Assert.Equal(seconds.OrderDescending(), seconds);
    }

    [Fact]
    public void Of_MoreFactorsOrEpochs_TakesLonger()
    {
        Setting setting = new(3, 1769);
        Assert.True(Model.Of(Planted.Work(3, factors: 16), setting).Seconds > Model.Of(Planted.Work(3, factors: 8), setting).Seconds);
        Assert.True(Model.Of(Planted.Work(3, epochs: 20), setting).Seconds > Model.Of(Planted.Work(3, epochs: 10), setting).Seconds);
    }

    [Fact]
    public void Of_NoWorkers_InvokesTheCoordinatorOnly()
    {
        Forecast alone = Model.Of(Planted.Work(0), new Setting(0, 1024));
        Assert.Equal(1, alone.Invocations);
        Assert.Equal(0, alone.Parts[Part.Write]);
        Assert.Equal(0, alone.Parts[Part.Wait] - (Planted.Work(0).BytesInARow / 1e9 * Planted.Coefficients()[CostTerms.IndexOf("wait.transfer")]), 1e-9);
        Assert.Equal(alone.Seconds, alone.GbSeconds, 1e-9);
    }

    // By hand: 11 rounds of a task and 12 shards; 3 workers are asked in each.
    [Fact]
    public void Of_RequestsOfThreeWorkers_AreThoseOfTheirRounds()
    {
        RequestForecast requests = RequestForecast.Of(Planted.Work(3), seconds: 100), twice = RequestForecast.Of(Planted.Work(3, epochs: 21), seconds: 100);
        Assert.Equal(34, requests.Invocations);
        Assert.Equal(11 * (13 + 2), twice.Writes - requests.Writes);
    }

    [Fact]
    public void Of_Price_IsThatOfTheTable()
    {
        Work work = Planted.Work(3);
        Forecast forecast = Model.Of(work, new Setting(3, 1769));
        Assert.Equal(PriceTable.X86.Of(forecast.GbSeconds, forecast.Invocations), forecast.FunctionsUsd, 1e-15);
        Assert.Equal((forecast.Writes * 0.000005) + (forecast.Reads * 0.0000004), forecast.StoreUsd, 1e-12);
        Forecast arm = new CostModel(Planted.Coefficients(), PriceTable.Arm64, PriceTable.S3Standard).Of(work, new Setting(3, 1769));
        Assert.True(arm.CostUsd < forecast.CostUsd);
    }

    [Fact]
    public void Adapt_StoreThatWasNotMeasured_AddsWhatItIsTakenToTake()
    {
        Calibration local = Calibrated("directory"), remote = Calibrated("s3");
        int request = CostTerms.IndexOf("wait.request");
        Assert.Equal(1, StoreKind.Directory.Adapt(local)[request]);
        Assert.Equal(31, StoreKind.S3.Adapt(local)[request]);
        Assert.Equal(1, StoreKind.S3.Adapt(remote)[request]);
    }

    [Theory]
    [InlineData("file:///data", "directory")]
    [InlineData("s3://bucket/data", "s3")]
    [InlineData("s3://runs--use1-az4--x-s3/data", "s3-express")]
    public void Of_Location_IsItsKindOfStore(string location, string expected) => Assert.Equal(expected, StoreKind.Of(new Uri(location)).Name);

    private static Calibration Calibrated(string store) => new()
    {
        Date = "2026-11-25",
        Machine = "test",
        Store = store,
        Runs = 1,
        MedianError = 0,
        Terms = new SortedDictionary<string, double> { ["wait.request"] = 1 },
    };
}
