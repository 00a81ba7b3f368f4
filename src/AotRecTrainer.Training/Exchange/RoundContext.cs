using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Exchange;

/// <summary>What both remote exchanges need to ask workers for shards.</summary>
/// <param name="Plan">The run.</param>
/// <param name="Token">The coordinator's fencing token.</param>
/// <param name="Store">The output location.</param>
/// <param name="Invoker">Runs functions.</param>
/// <param name="Function">Function that workers are invoked as.</param>
/// <param name="Groups">The workers' shards.</param>
/// <param name="Ledger">Where invocations and retries are counted.</param>
/// <param name="Host">The process.</param>
internal sealed record RoundContext(
    TrainingPlan Plan, int Token, IObjectStore Store, IFunctionInvoker Invoker, string Function, WorkerGroup[] Groups, WorkLedger Ledger, TrainingHost Host)
{
    /// <summary>Most attempts at the same shards of a round.</summary>
    public const int AttemptsMax = 5;

    public RoundKeys KeysOf(int round) => new(Plan.Run, Token, round);

    public byte[] Payload(int round, int attempt, int[] shards, bool reportFailure) => JsonSerializer.SerializeToUtf8Bytes(
        new WorkerEvent
        {
            Role = "worker",
            Run = Plan.Run,
            Dataset = Plan.Settings.Dataset,
            Output = Plan.Output,
            Token = Token,
            Round = round,
            Attempt = attempt,
            Shards = shards,
            Parameters = KeysOf(round).Parameters,
            Fingerprint = Plan.Fingerprint,
            ReportFailure = reportFailure,
        },
        TrainingJson.Default.WorkerEvent);

    /// <summary>Deletes what all rounds have left; leftovers that cannot be removed cost a little and harm nothing.</summary>
    public async Task TryDeleteLeftoversAsync()
    {
        try
        {
            await DeleteLeftoversAsync(int.MaxValue, CancellationToken.None);
        }
        catch (StorageException problem)
        {
            Host.Log($"leftovers of rounds: {problem.Message}");
        }
    }

    /// <summary>Deletes what rounds before this one have left.</summary>
    public async Task DeleteLeftoversAsync(int round, CancellationToken cancellationToken)
    {
        RoundKeys keys = KeysOf(round);
        List<string> left = [];
        await foreach (string key in Store.ListAsync(RoundKeys.PrefixOf(Plan.Run), cancellationToken))
        {
            if (keys.IsLeftover(key)) left.Add(key);
        }

        await Task.WhenAll(left.Select(key => Store.DeleteAsync(key, cancellationToken).AsTask()));
    }
}
