using AotRecTrainer.Cli.Commands;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Local;

/// <summary>A run as people point at it: by the location of its folder.</summary>
/// <param name="Output">Location of all runs, absolute.</param>
/// <param name="Run">Name of the run.</param>
internal sealed record RunFolder(string Output, string Run)
{
    /// <summary>Location of the run's folder.</summary>
    public string Location => $"{Output.TrimEnd('/')}/{Run}";

    /// <summary>Takes the location of a run's folder apart.</summary>
    /// <exception cref="CliException">It is not the location of a run.</exception>
    public static RunFolder Parse(string location)
    {
        string absolute = Locations.Absolute("RUN", location);
        int slash = absolute.TrimEnd('/').LastIndexOf('/');
        string run = Uri.UnescapeDataString(absolute[(slash + 1)..].TrimEnd('/'));
        string output = absolute[..Math.Max(slash, 0)];
        return TrainingInput.IsRunName(run) && !output.EndsWith('/')
            ? new RunFolder(output, run)
            : throw new CliException($"RUN is {location}, expected the location of a run's folder such as s3://bucket/runs/ml-1m", ExitCode.WrongInput);
    }

    /// <summary>What goes on: the run by its own records.</summary>
    /// <exception cref="CliException">There is no such run, or the event asks for something else beside it.</exception>
    public static Task<TrainingPlan> ReadPlanAsync(CoordinatorEvent asked, CancellationToken cancellationToken) => WrongInput.ReportedAsync(async () =>
    {
        TrainingPlan.CheckResume(asked);
        using IObjectStore store = ObjectStores.Open(asked.Output!);
        return await RunControl.ReadConfigAsync(store, asked.Run!, cancellationToken) is { } config
            ? TrainingPlan.Of(asked.Run!, asked.Output!, config)
            : throw new TrainingInputException($"there is no run \"{asked.Run}\" in {store.Location}");
    });
}
