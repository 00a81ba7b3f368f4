using AotRecTrainer.EndToEnd.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary><c>aotrec report</c>, looked at in a browser.</summary>
public sealed class ReportTests(PlantedDataset data, Browser browser)
{
    // A canvas that nobody has drawn on has one colour.
    private const string IsDrawn = """
        canvas => {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            for (let i = 4; i < pixels.length; i += 4) if (pixels[i + 3] !== pixels[3] || pixels[i] !== pixels[0]) return true;
            return false;
        }
        """;

    private const string WorkerLabels = "Chart.getChart(document.querySelectorAll('canvas')[2]).data.labels";

    private static readonly string[] ColdBars =
    [
        "worker 0, first epoch (cold start)", "worker 0, a later epoch", "worker 1, first epoch (cold start)", "worker 1, a later epoch",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Report_OfOneRun_ShowsItsFiguresAndChartsWithoutAskingAnybody(ColorScheme scheme)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Reason);
        using TemporaryFolder folder = new();
        Training training = await Training.RunAsync(data.Path, folder["runs"], "--run demo --workers 2 --epochs 6 --factors 3");
        (await ProgramRun.OfAsync(Checkout.Aotrec, "report", folder["runs/demo"], "--output", folder["r.html"])).ShouldSucceed();
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(folder["r.html"], complaints, scheme);
        Assert.Equal("AotRecTrainer: demo", await page.TitleAsync());
        Assert.Contains($"{training.TestRmse:F4}", await page.InnerTextAsync("#summary-table"), StringComparison.Ordinal);
        Assert.Contains($"{PlantedDataset.Users}", await page.InnerTextAsync("#dataset-table"), StringComparison.Ordinal);
        Assert.Contains("learningRate", await page.InnerTextAsync("#settings-table"), StringComparison.Ordinal);
        Assert.Equal(7, await page.Locator("#epochs-table tbody tr").CountAsync());
        string[] charts = ["Errors by epoch", "demo: every epoch by part", "demo: every worker by part"];
        Assert.Equal(charts, await page.Locator("canvas").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label'))"));
        Assert.Equal(ColdBars, await page.EvaluateAsync<string[]>(WorkerLabels));
        string times = await page.InnerTextAsync("#times-table");
        foreach (string part in (string[])["first epoch", "computing", "reading and decoding", "adding up"]) Assert.Contains(part, times, StringComparison.Ordinal);
        foreach (ILocator canvas in await page.Locator("canvas").AllAsync()) Assert.True(await canvas.EvaluateAsync<bool>(IsDrawn));
        string background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)", background);
        Assert.True((await page.PdfAsync()).Length > 10_000);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Report_OfTwoRuns_ComparesThem()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Reason);
        using TemporaryFolder folder = new();
        await Training.RunAsync(data.Path, folder["runs"], "--run one --workers 0 --epochs 3 --factors 3");
        await Training.RunAsync(data.Path, folder["runs"], "--run two --workers 0 --epochs 5 --factors 2 --algorithm als");
        (await ProgramRun.OfAsync(
            Checkout.Aotrec, "report", folder["runs/one"], folder["runs/two"], "--output", folder["r.html"])).ShouldSucceed();
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(folder["r.html"], complaints);
        string settings = await page.InnerTextAsync("#settings-table");
        Assert.Contains("batch-gradient", settings, StringComparison.Ordinal);
        Assert.Contains("als", settings, StringComparison.Ordinal);
        Assert.Equal(3, await page.Locator("canvas").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Report_MetricsOfAnEarlierVersion_TellsComputingFromTheRest()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Reason);
        using TemporaryFolder folder = new();
        await Training.RunAsync(data.Path, folder["runs"], "--run demo --workers 2 --epochs 2");
        string[] epochs =
        [
            """{"epoch":0,"trainRmse":1.5,"testRmse":null,"testMae":null,"milliseconds":30,"elapsedMilliseconds":30,"workerMilliseconds":20}""",
            """{"epoch":1,"trainRmse":1.2,"testRmse":null,"testMae":null,"milliseconds":10,"elapsedMilliseconds":40,"workerMilliseconds":7}""",
        ];
        await File.WriteAllLinesAsync(folder["runs/demo/metrics.jsonl"], epochs, TestContext.Current.CancellationToken);
        (await ProgramRun.OfAsync(Checkout.Aotrec, "report", folder["runs/demo"], "--output", folder["r.html"])).ShouldSucceed();
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(folder["r.html"], complaints);
        string[] rows = (await page.InnerTextAsync("#times-table")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["demo", "first epoch\t30.00", "a later epoch\t10.00", "computing\t7.00", "the rest\t3.00"], rows);
        Assert.Equal(2, await page.Locator("canvas").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Report_FilesWithMarkup_ShowItAsText()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Reason);
        using TemporaryFolder folder = new();
        await Training.RunAsync(data.Path, folder["runs"], "--run demo --workers 0 --epochs 1");
        const string Markup = "</script><img src=x onerror=alert(1)>{{script}}";
        await File.WriteAllTextAsync(
            folder["runs/demo/status.json"], $$"""{"state":"failed","epoch":1,"message":"{{Markup}}"}""", TestContext.Current.CancellationToken);
        (await ProgramRun.OfAsync(Checkout.Aotrec, "report", folder["runs/demo"], "--output", folder["r.html"])).ShouldSucceed();
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(folder["r.html"], complaints);
        Assert.Contains(Markup, await page.InnerTextAsync("#summary-table"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("nothing", "has no config.json: not a run")]
    [InlineData("ftp://x/y", "RUN")]
    public async Task Report_NoRunThere_IsOneLineAndExitCode2(string run, string expected)
    {
        using TemporaryFolder folder = new();
        string location = run.Contains(':', StringComparison.Ordinal) ? run : folder[run];
        (await ProgramRun.OfAsync(Checkout.Aotrec, "report", location, "--output", folder["r.html"])).ShouldFail(2, expected);
        Assert.False(File.Exists(folder["r.html"]));
    }
}
