using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>A process's door to the platform: calls get lost, their answers too; what they started goes on regardless.</summary>
internal sealed class SimulatedInvoker(World world, SimulatedProcess process) : IFunctionInvoker
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(4);

    // As long as a client waits for an answer before it says that there is none.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(905);

    public Task<InvokeOutcome> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        CallFate fate = Begin(payload);
        return CallAsync(function, fate, answer => AnswerAsync(payload.ToArray(), fate, answer), cancellationToken);
    }

    public Task InvokeEventAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        CallFate fate = Begin(payload);
        return CallAsync(function, fate, answer =>
        {
            world.Lambda.Enqueue(payload.ToArray());
            if (!fate.IsAnswerLost) return Give(answer, new InvokeOutcome(default, null));
            world.Happened(Fault.AnswerLost, process.Name, "of an asynchronous call");
            return Fail(answer, "the connection was closed");
        }, cancellationToken);
    }

    private CallFate Begin(ReadOnlyMemory<byte> payload)
    {
        if (SimulatedLambda.ReadWork(payload.Span) is { } work && !process.IsDead) world.Witness.Called(work);
        return CallFate.From(world.Lambda.Dice, world.Faults);
    }

    private Task<InvokeOutcome> CallAsync(
        string function, CallFate fate, Func<TaskCompletionSource<InvokeOutcome>, Task> arrive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<InvokeOutcome> answer = new();
        if (process.Enter() == Passage.Shut) return answer.Task;
        cancellationToken.UnsafeRegister(static (given, token) => ((TaskCompletionSource<InvokeOutcome>)given!).TrySetCanceled(token), answer);
        world.Lambda.CallBegins();
        world.After(Latency, () => _ = ArriveAsync(function, fate, arrive, answer));
        return answer.Task;
    }

    private async Task ArriveAsync(
        string function, CallFate fate, Func<TaskCompletionSource<InvokeOutcome>, Task> arrive, TaskCompletionSource<InvokeOutcome> answer)
    {
        if (fate.IsRequestLost)
        {
            world.Happened(Fault.RequestLost, process.Name);
            world.Lambda.CallEnds();
            await Task.Delay(fate.Wait, world.Time);
            await Fail(answer, "the connection could not be made");
        }
        else if (fate.IsThrottled || world.Lambda.IsFull)
        {
            world.Happened(Fault.Throttled, process.Name);
            world.Lambda.CallEnds();
            await Fail(answer, $"Invoke of {function}: status 429 TooManyRequestsException");
        }
        else
        {
            Task arrived = arrive(answer);
            world.Lambda.CallEnds();
            await arrived;
        }
    }

    private async Task AnswerAsync(byte[] payload, CallFate fate, TaskCompletionSource<InvokeOutcome> answer)
    {
        InvokeOutcome outcome = await world.Lambda.RunAsync(payload, world.Lambda.NextId());
        if (fate.IsRunTwice)
        {
            world.Happened(Fault.RanTwice, process.Name);
            outcome = await world.Lambda.RunAsync(payload, world.Lambda.NextId());
        }

        await Task.Delay(Latency, world.Time);
        if (fate.IsAnswerLost)
        {
            world.Happened(Fault.AnswerLost, process.Name);
            await Fail(answer, "the connection was closed");
        }
        else if (fate.IsNeverAnswered)
        {
            world.Happened(Fault.AnswerNeverCame, process.Name);
            await Task.Delay(Patience, world.Time);
            await Fail(answer, $"no answer within {Patience.TotalSeconds} s");
        }
        else if (fate.IsGarbled)
        {
            world.Happened(Fault.AnswerGarbled, process.Name);
            await Give(answer, outcome with { Payload = "<html>502"u8.ToArray() });
        }
        else
        {
            if (fate.IsLate)
            {
                world.Happened(Fault.AnswerLate, process.Name);
                await Task.Delay(fate.Wait, world.Time);
            }

            await Give(answer, outcome);
        }
    }

    private static Task Give(TaskCompletionSource<InvokeOutcome> answer, InvokeOutcome outcome)
    {
        answer.TrySetResult(outcome);
        return Task.CompletedTask;
    }

    private static Task Fail(TaskCompletionSource<InvokeOutcome> answer, string reason)
    {
        answer.TrySetException(new InvokeException(reason));
        return Task.CompletedTask;
    }
}
