using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Exchange;

/// <summary>What both remote exchanges need to ask workers for shards.</summary>
/// <param name="Plan">The run.</param>
/// <param name="Store">The output location.</param>
/// <param name="Invoker">Runs functions.</param>
/// <param name="Function">Function that workers are invoked as.</param>
/// <param name="Groups">The workers' shards.</param>
/// <param name="Ledger">Where invocations and retries are counted.</param>
/// <param name="Host">The process.</param>
internal sealed record RoundContext(
    TrainingPlan Plan, IObjectStore Store, IFunctionInvoker Invoker, string Function, WorkerGroup[] Groups, WorkLedger Ledger, TrainingHost Host)
{
    /// <summary>Most attempts at the same shards of a round.</summary>
    public const int AttemptsMax = 5;

    public RunKeys Keys { get; } = new(Plan.Run);

    public byte[] Payload(int round, int attempt, int[] shards, bool reportFailure) => JsonSerializer.SerializeToUtf8Bytes(
        new WorkerEvent
        {
            Role = "worker",
            Run = Plan.Run,
            Dataset = Plan.Settings.Dataset,
            Output = Plan.Output,
            Round = round,
            Attempt = attempt,
            Shards = shards,
            Parameters = Keys.Parameters(round),
            Fingerprint = Plan.Fingerprint,
            ReportFailure = reportFailure,
        },
        TrainingJson.Default.WorkerEvent);

    public async Task DeleteRoundAsync(int round, CancellationToken cancellationToken)
    {
        List<string> left = [];
        await foreach (string key in Store.ListAsync($"{Plan.Run}/rounds/{round:D5}/", cancellationToken)) left.Add(key);
        await Task.WhenAll(left.Select(key => Store.DeleteAsync(key, cancellationToken).AsTask()));
    }
}
