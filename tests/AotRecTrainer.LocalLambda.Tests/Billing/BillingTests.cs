using AotRecTrainer.LocalLambda.Billing;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Billing;

public sealed class BillingTests
{
    [Fact]
    public void Read_KnownReports_AddsThemUpByFunction()
    {
        var meter = new BillingMeter();
        meter.Add(Report("a", milliseconds: 1000, megabytes: 1024));
        meter.Add(Report("a", milliseconds: 1, megabytes: 512));
        meter.Add(Report("b", milliseconds: 900_000, megabytes: 10_240));

        IReadOnlyDictionary<string, Bill> bills = meter.Read();

        Assert.Equal(new Bill(2, 1001, 1.0005), bills["a"]);
        Assert.Equal(new Bill(1, 900_000, 9000), bills["b"]);
        Assert.Equal(new Bill(3, 901_001, 9001.0005), bills["a"] + bills["b"]);
    }

    [Fact]
    public async Task Bills_AnyInvocations_AreWhatTheReportsSay()
    {
        TestServer server = await TestServer.StartAsync(
            options => options with { Concurrency = 1 },
            TestServer.Function() with { MemoryMegabytes = 256 },
            TestServer.Function() with { Name = "never" },
            TestServer.Function("init-exit") with { Name = "broken", MemoryMegabytes = 512 });
        await using (server)
        {
            await server.InvokeAsync("{}");
            await server.InvokeAsync("""{"do":"fail","type":"Function.No"}""");
            await server.InvokeAsync("""{"do":"exit","code":1}""");
            await server.InvokeAsync("{}", "broken"); // its failed start is billed too
            await server.InvokeAsync("{}", "absent");
            await Eventually.Async(() => server.Reports.Count, n => n == 4);

            IReadOnlyDictionary<string, Bill> bills = server.Server.Bills;

            Assert.Equal(["broken", "f"], bills.Keys.Order(StringComparer.Ordinal));
            foreach ((string function, Bill bill) in bills)
            {
                InvocationReport[] reports = [.. server.Reports.Where(r => r.Function == function)];
                Assert.Equal(reports.Length, bill.Requests);
                Assert.Equal(reports.Sum(r => r.BilledMilliseconds), bill.BilledMilliseconds);
                Assert.Equal(reports.Sum(r => r.BilledMilliseconds / 1000.0 * r.MemoryMegabytes / 1024.0), bill.GigabyteSeconds, 1e-9);
                Assert.True(bill.BilledMilliseconds > 0);
            }
        }

        Assert.Contains(server.Log, line => line.StartsWith("BILLED f Requests: 3\t", StringComparison.Ordinal));
        Assert.Contains(server.Log, line => line.StartsWith("BILLED broken Requests: 1\t", StringComparison.Ordinal));
    }

    private static InvocationReport Report(string function, long milliseconds, int megabytes) =>
        new(function, "id", "env-1", 1, TimeSpan.Zero, null, milliseconds, megabytes, 1, "success", null);
}
