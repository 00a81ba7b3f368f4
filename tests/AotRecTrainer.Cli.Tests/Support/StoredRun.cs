using System.Text.Json;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>The records of a run in a folder of a test's own.</summary>
internal sealed class StoredRun : IDisposable
{
    public const string Name = "demo";
    private readonly TemporaryFolder _folder = new();

    public StoredRun(string state, int epoch = 4)
    {
        Directory.CreateDirectory(Folder);
        TrainingPlan plan = TrainingPlan.From(
            new CoordinatorEvent { Run = Name, Dataset = "/d", Output = Output, Epochs = 10 }, DateTimeOffset.UnixEpoch);
        Write("config.json", JsonSerializer.SerializeToUtf8Bytes(plan.ToConfig("id", manifest: ""), TrainingJson.Default.RunConfig));
        WriteLease(state, beat: 7);
        WriteStatus(state, epoch);
    }

    /// <summary>Location of the runs, as the command line makes it.</summary>
    public string Output => new Uri(_folder["runs"]).AbsoluteUri;

    /// <summary>The run's folder.</summary>
    public string Folder => Path.Combine(_folder["runs"], Name);

    public bool Has(string file) => File.Exists(Path.Combine(Folder, file));

    public void WriteLease(string state, long beat) => Write("lease.json", JsonSerializer.SerializeToUtf8Bytes(
        new LeaseRecord { Token = 2, Owner = "id/0", Beat = beat, State = state, Segment = 2, Checkpoint = new CheckpointMark(3, 3, "key") },
        TrainingJson.Default.LeaseRecord));

    public void WriteStatus(string state, int epoch, double? costUsd = 0.000123) => Write("status.json", JsonSerializer.SerializeToUtf8Bytes(
        new RunStatus
        {
            Run = Name,
            State = state,
            Epoch = epoch,
            Epochs = 10,
            MeasuredEpoch = epoch - 1,
            TrainRmse = 0.91,
            TestRmse = 0.95,
            TestMae = 0.75,
            ElapsedSeconds = 2,
            CostUsd = costUsd,
            Message = state == RunState.Failed ? "round 5: no" : null,
        },
        TrainingJson.Default.RunStatus));

    public void WriteResult(string json) => File.WriteAllText(Path.Combine(Folder, "result.json"), json);

    public void Dispose() => _folder.Dispose();

    // Whole at once, as stores do it: the command may be reading.
    private void Write(string file, byte[] content)
    {
        string path = Path.Combine(Folder, file);
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}
