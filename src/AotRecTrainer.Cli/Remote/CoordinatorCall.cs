using System.Text.Json;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Remote;

/// <summary>A coordinator that is to be invoked: which function, with which event.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Asked">The event.</param>
/// <param name="Plan">What it comes to.</param>
internal sealed record CoordinatorCall(string Function, CoordinatorEvent Asked, TrainingPlan Plan)
{
    /// <summary>
    /// Invokes it and follows the run to its end, also when it ends in another invocation. The run goes on when this is cancelled: the
    /// platform does not end a function because its caller has left.
    /// </summary>
    public async Task<InvokeOutcome> FollowAsync(LambdaInvokerOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        using LambdaInvoker invoker = new(options);
        using IObjectStore store = ObjectStores.Open(Plan.Output);
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(Asked, TrainingJson.Default.CoordinatorEvent);
        Task<InvokeOutcome> invocation = InvokeToEndAsync();
        return await RunFollower.FollowAsync(terminal, invocation, store, Plan, cancellationToken);

        async Task<InvokeOutcome> InvokeToEndAsync() => await RunEnd.WaitAsync(
            await invoker.InvokeAsync(Function, payload, cancellationToken), store, Plan.Run, cancellationToken);
    }
}
