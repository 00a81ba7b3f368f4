using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Exchange;

/// <summary>What it takes to ask workers for shards.</summary>
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
    /// <summary>Most attempts at the same shard in a round.</summary>
    public int MaxAttempts { get; init; } = TrainingDefaults.MaxAttempts;

    public RoundKeys KeysOf(int round) => new(Plan.Run, Token, round);

    public byte[] Payload(RoundKeys keys, Attempt attempt, bool reportFailure) => JsonSerializer.SerializeToUtf8Bytes(
        new WorkerEvent
        {
            Role = "worker",
            Run = keys.Run,
            Dataset = Plan.Settings.Dataset,
            Output = Plan.Output,
            Token = keys.Token,
            Round = keys.Round,
            Attempt = attempt.Number,
            Shards = attempt.Shards,
            Parameters = keys.Parameters,
            Fingerprint = Plan.Fingerprint,
            ReportFailure = reportFailure,
        },
        TrainingJson.Default.WorkerEvent);
}
