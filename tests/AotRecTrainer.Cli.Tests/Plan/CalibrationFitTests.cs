using AotRecTrainer.Cli.Plan.Model;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class CalibrationFitTests
{
    [Fact]
    public void Fit_PlantedTimes_AreRecovered()
    {
        double[] truth = Planted.Coefficients();
        double[] found = CalibrationFit.Fit([.. Planted.Grid().Select(run => Planted.Run(truth, run.Work, run.Setting))]);
        for (int i = 0; i < truth.Length; i++) Assert.True(Math.Abs(found[i] - truth[i]) < 1e-4 * truth[i], $"{CostTerms.All[i].Name}: {found[i]}, expected {truth[i]}");
    }

    // Whole times alone cannot tell all terms apart, but they forecast whole times.
    [Fact]
    public void Fit_PlantedWholeTimes_ForecastOtherRuns()
    {
        double[] truth = Planted.Coefficients();
        (Work Work, Setting Setting)[] grid = [.. Planted.Grid()];
        Observation[] all = [.. grid.Select(run => Planted.Run(truth, run.Work, run.Setting) with { Parts = new Dictionary<Part, double>() })];
        double[] found = CalibrationFit.Fit([.. all.Where((_, i) => i % 3 != 0)]);
        Assert.All(all.Where((_, i) => i % 3 == 0), run => Assert.Equal(1, CostTerms.Milliseconds(found, run.Work, run.Setting) / run.Milliseconds, 0.05));
    }

    [Fact]
    public void Fit_NoisyTimes_ForecastOthersWithinTheNoise()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        double[] truth = Planted.Coefficients();
        (Work Work, Setting Setting)[] grid = [.. Planted.Grid()];
        Observation[] noisy = [.. grid.Where((_, i) => i % 3 != 0).Select(run => Planted.Run(truth, run.Work, run.Setting, 0.9 + (0.2 * random.NextDouble())))];
        Observation[] others = [.. grid.Where((_, i) => i % 3 == 0).Select(run => Planted.Run(truth, run.Work, run.Setting))];
        Assert.InRange(CalibrationFit.MedianError(others, CalibrationFit.Fit(noisy)), 0, 0.1);
    }

    [Fact]
    public void Fit_NoRuns_IsWhatWasKnownBefore() => Assert.Equal(Planted.Coefficients(), CalibrationFit.Fit([], Planted.Coefficients()), (a, b) => Math.Abs(a - b) < 1e-9);

    [Fact]
    public void Fit_NothingAtAll_IsZero() => Assert.All(CalibrationFit.Fit([]), value => Assert.Equal(0, value));

    [Fact]
    public void Fit_FewRunsOfASlowerMachine_KeepWhatTheyDoNotSayInProportion()
    {
        double[] before = Planted.Coefficients(), slower = [.. before.Select(value => 2 * value)];
        Observation[] runs = [.. Planted.Grid().Where(run => run.Work.Algorithm == "als").Take(4).Select(run => Planted.Run(slower, run.Work, run.Setting))];
        double[] found = CalibrationFit.Fit(runs, before);
        Assert.Equal(0, CalibrationFit.MedianError(runs, found), 1e-6);
        int unseen = CostTerms.IndexOf("compute.batch-gradient.factor");
        Assert.Equal(slower[unseen], found[unseen], 1e-6);
    }

    // Slow in one thing alone: the runs say so against what was known before.
    [Fact]
    public void Fit_RunsThatContradictWhatWasKnown_AreBelieved()
    {
        double[] before = Planted.Coefficients(), now = [.. before];
        int changed = CostTerms.IndexOf("write.byte");
        now[changed] *= 3;
        Observation[] runs = [.. Planted.Grid().Select(run => Planted.Run(now, run.Work, run.Setting))];
        Assert.Equal(now[changed], CalibrationFit.Fit(runs, before)[changed], 0.05 * now[changed]);
    }
}
