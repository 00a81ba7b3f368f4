using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Local;

/// <summary>
/// A run behind the local stand-in: looked at before anything is started for it, and noted as failed when it was cut short.
/// </summary>
internal sealed class LocalRun(TrainingPlan plan)
{
    private readonly RunKeys _keys = new(plan.Run);

    /// <summary>Looks for the data set and at the name of the run.</summary>
    /// <exception cref="CliException">There is no data set, its manifest is damaged, or the run exists.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
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

        using IObjectStore store = ObjectStores.Open(plan.Output);
        if (await store.GetLengthAsync(_keys.Config, cancellationToken) is not null)
            throw new CliException($"run \"{plan.Run}\" exists already in {store.Location}; choose another name", ExitCode.WrongInput);
    }

    /// <summary>Notes that the run will not go on, once its processes have been ended: they cannot do it themselves.</summary>
    public async Task NoteEndAsync(string reason)
    {
        using IObjectStore store = ObjectStores.Open(plan.Output);
        byte[]? content = await store.GetAsync(_keys.Status);
        RunStatus? status = content is null ? null : JsonSerializer.Deserialize(content, TrainingJson.Default.RunStatus);
        if (status is not { State: "running" }) return;
        RunStatus noted = status with { State = "failed", Message = reason };
        await store.PutAsync(_keys.Status, JsonSerializer.SerializeToUtf8Bytes(noted, TrainingJson.Default.RunStatus));
    }
}
