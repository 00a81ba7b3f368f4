using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Remote;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Local;

/// <summary>
/// A run behind a local stand-in of its own: looked at before anything is started for it, noted as failed when its coordinator dies, and
/// going on by itself when the command that began it is interrupted.
/// </summary>
/// <param name="call">The coordinator that is invoked.</param>
/// <param name="function">Options of <c>aotrec local</c> that say what the stand-in runs.</param>
internal sealed class LocalRun(CoordinatorCall call, IEnumerable<string> function)
{
    private readonly TrainingPlan _plan = call.Plan;

    /// <summary>File with the functions' lines.</summary>
    public string Log { get; } = LocalLog.PathOf(call.Plan.Output, call.Plan.Run);

    /// <summary>Looks for the data set and, for a new run, at its name.</summary>
    /// <exception cref="CliException">There is no data set, its manifest is damaged, or the run exists.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using IObjectStore data = ObjectStores.Open(_plan.Settings.Dataset);
            await DatasetReader.OpenAsync(data, cancellationToken);
        }
        catch (DatasetException problem)
        {
            throw new CliException($"--dataset: {problem.Message}; 'data-prep shard' makes one", ExitCode.WrongInput, problem);
        }

        if (call.Asked.Resume == true) return;
        using IObjectStore store = ObjectStores.Open(_plan.Output);
        if (await store.GetLengthAsync(new RunKeys(_plan.Run).Config, cancellationToken) is not null)
        {
            throw new CliException(
                $"run \"{_plan.Run}\" exists already in {store.Location}; choose another name, or resume it", ExitCode.WrongInput);
        }
    }

    /// <summary>Starts the stand-in.</summary>
    /// <exception cref="CliException">It did not start, or its log cannot be written.</exception>
    public Task<DetachedLambda> StartAsync(CancellationToken cancellationToken)
    {
        LocalLog.Prepare(_plan.Output, _plan.Run);
        return DetachedLambda.StartAsync(function, Log, cancellationToken);
    }

    /// <summary>Invokes the coordinator and follows the run to its end.</summary>
    /// <exception cref="CliException">The stand-in ended before the run.</exception>
    public async Task<InvokeOutcome> FollowAsync(DetachedLambda lambda, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            InvokeOutcome outcome = await call.FollowAsync(LocalFunctions.InvokerOptions(lambda.Endpoint), terminal, cancellationToken);
            if (CoordinatorAnswer.Death(outcome) is { } reason) await NoteEndAsync(reason);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            lambda.Leave();
            throw;
        }
        catch (InvokeException problem) when (lambda.HasEnded)
        {
            const string Reason = "the local Lambda ended before the run";
            await NoteEndAsync(Reason);
            await ComingBack.SayResumeAsync(terminal.Output, new RunFolder(_plan.Output, _plan.Run));
            throw new CliException($"{Reason} (log: {Log})", ExitCode.Failed, problem);
        }
    }

    /// <summary>Notes that the run will not go on: its process is gone and cannot do it itself.</summary>
    private async Task NoteEndAsync(string reason)
    {
        using IObjectStore store = ObjectStores.Open(_plan.Output);
        await RunControl.NoteDeathAsync(store, _plan.Run, reason);
    }
}
