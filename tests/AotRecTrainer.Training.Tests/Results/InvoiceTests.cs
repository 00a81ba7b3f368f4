using System.Runtime.InteropServices;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Results;

namespace AotRecTrainer.Training.Tests.Results;

public sealed class InvoiceTests
{
    private static readonly RunTotals Totals = new()
    {
        GbSeconds = 100,
        Put = 1_000,
        Get = 2_000,
        List = 3,
        Delete = 999,
        Work = new WorkTotals(ColdStarts: 3, Milliseconds: 50_000, Puts: 4_000, Gets: 5_000, Invocations: 300, Retries: 1, Doubled: 1),
    };

    // By hand: 100 GB-s, 302 invocations, 5,003 PUT and LIST, 7,000 GET.
    [Theory]
    [InlineData(Architecture.X64, 0.00166667 + 0.0000604 + 0.025015 + 0.0028)]
    [InlineData(Architecture.Arm64, 0.00133334 + 0.0000604 + 0.025015 + 0.0028)]
    public void CostUsd_CountedRun_IsTheSumByHand(Architecture architecture, double expected) =>
        Assert.Equal(expected, new Invoice(Totals, coordinators: 2, architecture).CostUsd, 1e-12);

    [Fact]
    public void CostUsd_NothingUsed_IsNothing() => Assert.Equal(0, new Invoice(new RunTotals(), coordinators: 0).CostUsd);

    [Fact]
    public void Requests_CoordinatorsAndWorkers_AreAddedUp() =>
        Assert.Equal(new RequestTotals(Put: 5_000, Get: 7_000, List: 3, Delete: 999, Invoke: 300), new Invoice(Totals, coordinators: 1).Requests);
}
