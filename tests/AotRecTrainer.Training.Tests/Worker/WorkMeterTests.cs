using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Worker;

public sealed class WorkMeterTests
{
    private static readonly WorkerEvent Asked = new()
    {
        Role = "worker",
        Run = "run",
        Dataset = "mem://data",
        Manifest = "",
        Output = "mem://runs",
        Token = 1,
        Round = 3,
        Attempt = 1,
        Shards = [0, 1],
        Parameters = "p",
        Fingerprint = "fp",
    };

    [Fact]
    public void Lap_TwoThreads_GivesTheirMeanSoFar()
    {
        VirtualTime time = new();
        WorkMeter meter = new(time, time.GetTimestamp(), cold: true, before: 0, threads: 2, () => default(RequestCounts));
        List<WorkNotes> notes = [];
        time.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time); // reads the parameters
            long both = meter.Now();
            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
            meter.AddComputing(both);
            notes.Add(meter.Lap(Asked));
            await Task.Delay(TimeSpan.FromMilliseconds(4), time);
            meter.AddComputing(both);
            notes.Add(meter.Lap(Asked));
        });

        Assert.Equal([15, 4], notes.Select(lap => lap.Milliseconds));
        Assert.Equal([5, 12], notes.Select(lap => lap.Computed));
        Assert.Equal(12, WorkNotes.From(notes[1].ToMetadata()).Computed);
    }
}
