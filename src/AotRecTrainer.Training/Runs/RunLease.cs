using System.Security.Cryptography;
using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// A coordinator's hold on its run. What is official in a run is what <c>lease.json</c> says, and that is written by compare-and-swap: a
/// coordinator that was replaced learns of it at its next write and changes nothing any more.
/// </summary>
internal sealed class RunLease : IDisposable
{
    /// <summary>A lease that has not changed for so long has lost its coordinator.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    /// <summary>Time between two signs of life.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    private readonly OwnedObject _stored;
    private readonly string _run;
    private readonly SemaphoreSlim _turn = new(1);

    private RunLease(OwnedObject stored, string run, LeaseRecord record)
    {
        _stored = stored;
        _run = run;
        Record = record;
    }

    /// <summary>The lease as this coordinator last wrote it.</summary>
    public LeaseRecord Record { get; private set; }

    /// <summary>Names everything that this coordinator stores.</summary>
    public int Token => Record.Token;

    /// <summary>True once another coordinator was seen to have the run.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What the run has cost so far; noted at every write.</summary>
    public Func<RunTotals>? Meter { get; set; }

    /// <summary>Takes a run that nobody holds, or whose coordinator has ended or died.</summary>
    /// <param name="store">The output location.</param>
    /// <param name="run">Name of the run.</param>
    /// <param name="before">The lease as it was seen; not there for a new run.</param>
    /// <param name="invocation">Who takes it.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when somebody else was quicker.</returns>
    public static async Task<RunLease?> TryTakeAsync(
        IObjectStore store, string run, LeaseSight before, InvocationInfo invocation, TimeProvider time, CancellationToken cancellationToken)
    {
        LeaseRecord? last = before.Record;
        LeaseRecord taken = new()
        {
            Token = (last?.Token ?? 0) + 1,
            Owner = $"{invocation.Id}/{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
            Invocations = LeaseRecord.Remember(last, invocation),
            Beat = 1,
            State = RunState.Running,
            Checkpoint = last?.Checkpoint,
            CheckpointBefore = last?.CheckpointBefore,
            Segment = (last?.Segment ?? 0) + 1,
            IdleSegments = last?.State == RunState.Released ? last.IdleSegments : 0,
            Spent = last?.Spent ?? new RunTotals(),
        };
        OwnedObject stored = new(store, new RunKeys(run).Lease, time, before.Content);
        return await stored.TryWriteAsync(ToJson(taken), cancellationToken) ? new RunLease(stored, run, taken) : null;
    }

    /// <summary>Gives a sign of life.</summary>
    /// <exception cref="TrainingFailedException">Another coordinator has the run.</exception>
    /// <exception cref="StorageException">The store failed; whether the run is still this coordinator's is unknown.</exception>
    public Task BeatAsync(CancellationToken cancellationToken) => UpdateAsync(static record => record, cancellationToken);

    /// <summary>Writes a change; one at a time, whoever calls.</summary>
    /// <exception cref="TrainingFailedException">Another coordinator has the run.</exception>
    /// <exception cref="StorageException">The store failed; whether the change was made is unknown, and the next one settles it.</exception>
    public async Task UpdateAsync(Func<LeaseRecord, LeaseRecord> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (IsLost) throw Lost();
            LeaseRecord next = change(Record) with { Beat = Record.Beat + 1, Spent = Meter?.Invoke() ?? Record.Spent };
            IsLost = !await _stored.TryWriteAsync(ToJson(next), cancellationToken);
            if (IsLost) throw Lost();
            Record = next;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>What a coordinator ends with that has lost its run.</summary>
    public TrainingFailedException Lost() => new($"run \"{_run}\": another coordinator has taken over");

    private static byte[] ToJson(LeaseRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, TrainingJson.Default.LeaseRecord);
}
