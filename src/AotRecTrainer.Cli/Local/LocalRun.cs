using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Local;

/// <summary>
/// A run behind the local stand-in: looked at before anything is started for it, and noted as failed when it was cut short.
/// </summary>
internal sealed class LocalRun(TrainingPlan plan)
{
    private readonly RunKeys _keys = new(plan.Run);

    /// <summary>Looks for the data set and, for a new run, at its name.</summary>
    /// <exception cref="CliException">There is no data set, its manifest is damaged, or the run exists.</exception>
    public async Task CheckAsync(bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            using IObjectStore data = ObjectStores.Open(plan.Settings.Dataset);
            await DatasetReader.OpenAsync(data, cancellationToken);
        }
        catch (DatasetException problem)
        {
            throw new CliException($"--dataset: {problem.Message}; 'data-prep shard' makes one", ExitCode.WrongInput, problem);
        }

        if (!isNew) return;
        using IObjectStore store = ObjectStores.Open(plan.Output);
        if (await store.GetLengthAsync(_keys.Config, cancellationToken) is not null)
            throw new CliException($"run \"{plan.Run}\" exists already in {store.Location}; choose another name, or resume it", ExitCode.WrongInput);
    }

    /// <summary>Notes that the run will not go on, once its processes have been ended: they cannot do it themselves.</summary>
    public async Task NoteEndAsync(string reason)
    {
        using IObjectStore store = ObjectStores.Open(plan.Output);
        await RunControl.NoteDeathAsync(store, plan.Run, reason);
    }
}
