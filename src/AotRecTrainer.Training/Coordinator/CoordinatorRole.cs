using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// The coordinator (the paper's task manager): checks the event, creates or takes the run that it names, and works on it until it is
/// complete, stopped, or handed over to another invocation.
/// </summary>
/// <param name="computer">Computes shards when the coordinator trains alone; stays the caller's.</param>
/// <param name="invoker">Runs workers; made when first needed.</param>
/// <param name="functionName">The coordinator's own function, which its continuation is invoked as.</param>
/// <param name="memoryMegabytes">Memory of the function; null when unknown.</param>
/// <param name="host">The process.</param>
public sealed class CoordinatorRole(
    ShardComputer computer, Func<IFunctionInvoker> invoker, string functionName, int? memoryMegabytes, TrainingHost host)
{
    private readonly CoordinatorContext _context = new(computer, invoker, functionName, memoryMegabytes, host);

    /// <summary>Handles one invocation.</summary>
    /// <param name="asked">The event.</param>
    /// <param name="invocation">What is known of the invocation; a second delivery of an event is told by it.</param>
    /// <param name="cancellationToken">Ends the work at once; the run can be resumed.</param>
    /// <exception cref="TrainingInputException">The event, the data set or the run's name is wrong.</exception>
    /// <exception cref="TrainingFailedException">Workers kept failing, the model diverged, or another coordinator has taken over.</exception>
    public async Task<CoordinatorResult> RunAsync(CoordinatorEvent asked, InvocationInfo invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(invocation);
        TimeBudget budget = new(invocation.Deadline, host.Time);
        return asked.Resume == true
            ? await ResumeAsync(asked, invocation, budget, cancellationToken)
            : await BeginAsync(asked, invocation, budget, cancellationToken);
    }

    private async Task<CoordinatorResult> BeginAsync(
        CoordinatorEvent asked, InvocationInfo invocation, TimeBudget budget, CancellationToken cancellationToken)
    {
        // A name made from the time of day would be another one at the second delivery of the same event.
        TrainingPlan plan = TrainingPlan.From(asked with { Run = asked.Run ?? invocation.RunName }, host.Time.GetUtcNow());
        using IObjectStore store = host.Open("output", plan.Output);
        using RunInputs inputs = await RunInputs.LoadAsync(plan, _context, cancellationToken);
        RunDoor door = new(store, plan.Run, invocation, host.Time);
        RunEntry entry = await door.CreateAsync(plan, inputs.Data.Reader.ManifestSha256, cancellationToken);
        return entry.Answer ?? await WorkAsync(plan, store, inputs, door, entry, budget, cancellationToken);
    }

    private async Task<CoordinatorResult> ResumeAsync(
        CoordinatorEvent asked, InvocationInfo invocation, TimeBudget budget, CancellationToken cancellationToken)
    {
        TrainingPlan.CheckResume(asked);
        using IObjectStore store = host.Open("output", asked.Output!);
        RunDoor door = new(store, asked.Run!, invocation, host.Time);
        RunEntry entry = await door.ReopenAsync(isWanted: true, cancellationToken);
        if (entry.Answer is { } answer) return answer;
        TrainingPlan plan = TrainingPlan.Of(asked.Run!, asked.Output!, entry.Config);

        // The model that the run began with may be gone by now, and a checkpoint does without it.
        TrainingSettings start = entry.Checkpoint is null ? plan.Settings : plan.Settings with { InitialModel = null };
        using RunInputs inputs = await RunInputs.LoadAsync(plan with { Settings = start }, _context, cancellationToken);
        return await WorkAsync(plan, store, inputs, door, entry, budget, cancellationToken);
    }

    private async Task<CoordinatorResult> WorkAsync(
        TrainingPlan plan, IObjectStore store, RunInputs inputs, RunDoor door, RunEntry entry, TimeBudget budget, CancellationToken cancellationToken)
    {
        string manifest = inputs.Data.Reader.ManifestSha256;
        if (manifest != entry.Config.Manifest)
        {
            throw new TrainingInputException(
                $"the data set at {plan.Settings.Dataset} has changed since run \"{plan.Run}\" began: its manifest has SHA-256 {manifest}, "
                + $"expected {entry.Config.Manifest}");
        }

        using RunLease? lease = await door.TryTakeAsync(entry, cancellationToken);
        if (lease is null) return door.Brief(RunState.Running);
        host.Log(entry.Checkpoint is { } checkpoint
            ? $"run {plan.Run}: coordinator {lease.Token} goes on after epoch {checkpoint.Epoch}"
            : $"run {plan.Run}: coordinator {lease.Token} begins");
        return await new RunSession(plan, store, inputs, lease, budget, _context).RunAsync(cancellationToken);
    }
}
