using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Seeds;

public sealed class SeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Scratch()
    {
        if (Environment.GetEnvironmentVariable("AOTREC_SIMULATION_SEED") is { } one)
        {
            Scenario chosen = Scenario.From(ulong.Parse(one));
            Verdict verdict = Simulation.Run(chosen, keepLines: true);
            output.WriteLine(chosen.ToString());
            foreach (string line in verdict.Log) output.WriteLine(line);
            output.WriteLine(verdict.ToString());
            return;
        }

        Coverage coverage = new();
        int count = int.Parse(Environment.GetEnvironmentVariable("COUNT") ?? "200");
        List<Verdict> bad = [];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        long events = 0;
        for (ulong seed = 1; seed <= (ulong)count; seed++)
        {
            Verdict v = Simulation.Run(Scenario.From(seed));
            coverage.Add(v.Coverage);
            events += v.Events;
            if (!v.IsGood) bad.Add(v);
        }
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / count:F2} ms a seed, {events / count} events a seed");
        output.WriteLine(coverage.ToString());
        foreach (var v in bad.Take(20)) output.WriteLine(v.ToString());
        Assert.Empty(bad);
    }
}
