using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Tests.Runs;

/// <summary>Two coordinators and one run.</summary>
public sealed class RunLeaseTests
{
    private const string Location = "mem://runs";
    private const string Key = Location + "/a-run/lease.json";
    private readonly VirtualTime _time = new();
    private readonly MemoryObjects _objects = new();
    private readonly IObjectStore _store;

    public RunLeaseTests() => _store = _objects.Open(Location);

    [Fact]
    public void TryTake_ANewRunByMany_GivesItToOne() => _time.Run(async () =>
    {
        RunLease?[] taken = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => TakeAsync(LeaseSight.None, $"i{i}")));
        RunLease lease = Assert.Single(taken.OfType<RunLease>());
        Assert.Equal((1, 1, "running"), (lease.Token, lease.Record.Segment, lease.Record.State));
        Assert.Equivalent(lease.Record, Stored(), strict: true);
    });

    [Fact]
    public void Watch_AHolderThatBeats_IsAliveAndWasNotWaitedForLong() => _time.Run(async () =>
    {
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;
        Task<LeaseSight> watching = LeaseSight.WatchAsync(_store, "a-run", _time, default);
        await Task.Delay(RunLease.BeatEvery, _time);
        await lease.BeatAsync(default);
        LeaseSight sight = await watching;
        Assert.True(sight.IsAlive);
        Assert.InRange(_time.Elapsed, RunLease.BeatEvery, RunLease.BeatEvery + TimeSpan.FromSeconds(2));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Watch_AHolderThatDied_IsGivenItsTimeWhateverTheClockSays(int jumpSeconds) => _time.Run(async () =>
    {
        await TakeAsync(LeaseSight.None, "first");
        Task<LeaseSight> watching = LeaseSight.WatchAsync(_store, "a-run", _time, default);
        await Task.Delay(TimeSpan.FromSeconds(4), _time);
        _time.Offset = TimeSpan.FromSeconds(jumpSeconds);
        LeaseSight sight = await watching;
        Assert.False(sight.IsAlive);
        Assert.InRange(_time.Elapsed, RunLease.LeaseTime, RunLease.LeaseTime + TimeSpan.FromSeconds(2));
        RunLease next = (await TakeAsync(sight, "second"))!;
        Assert.Equal((2, 2), (next.Token, next.Record.Segment));
    });

    [Theory]
    [InlineData("released")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public void Watch_AHolderThatSaidHowItEnded_IsNotWaitedFor(string state) => _time.Run(async () =>
    {
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;
        CheckpointMark mark = new(3, 3, "a-run/checkpoints/x/checkpoint.json");
        await lease.UpdateAsync(record => record with { State = state, Checkpoint = mark, IdleSegments = 1 }, default);
        LeaseSight sight = await LeaseSight.WatchAsync(_store, "a-run", _time, default);
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
        RunLease next = (await TakeAsync(sight, "second"))!;
        Assert.Equal((2, mark, state == "released" ? 1 : 0), (next.Token, next.Record.Checkpoint, next.Record.IdleSegments));
    });

    [Fact]
    public void TryTake_ADeadRunByTwo_GivesItToOne() => _time.Run(async () =>
    {
        await TakeAsync(LeaseSight.None, "first");
        LeaseSight[] sights = await Task.WhenAll(
            LeaseSight.WatchAsync(_store, "a-run", _time, default), LeaseSight.WatchAsync(_store, "a-run", _time, default));
        RunLease?[] taken = [await TakeAsync(sights[0], "second"), await TakeAsync(sights[1], "third")];
        Assert.Equal(2, Assert.Single(taken.OfType<RunLease>()).Token);
    });

    [Fact]
    public void Beat_OfAHolderThatWasReplaced_FailsAndChangesNothing() => _time.Run(async () =>
    {
        RunLease stale = (await TakeAsync(LeaseSight.None, "first"))!;
        RunLease next = (await TakeAsync(await LeaseSight.WatchAsync(_store, "a-run", _time, default), "second"))!;
        for (int i = 0; i < 3; i++)
        {
            TrainingFailedException problem = await Assert.ThrowsAsync<TrainingFailedException>(() => stale.BeatAsync(default));
            Assert.Equal("run \"a-run\": another coordinator has taken over", problem.Message);
            Assert.True(stale.IsLost);
            Assert.Equivalent(next.Record, Stored(), strict: true);
        }

        await next.BeatAsync(default);
        Assert.Equal(3, Stored().Beat + 1);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_OutcomeUnknown_IsMadeOnce(bool isCarriedOut) => _time.Run(async () =>
    {
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;
        FailOnce("replace", isCarriedOut);
        await lease.UpdateAsync(record => record with { IdleSegments = record.IdleSegments + 1 }, default);
        Assert.Equal((2, 1), (Stored().Beat, Stored().IdleSegments));
        await lease.BeatAsync(default);
        Assert.Equal(3, Stored().Beat);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryTake_OutcomeUnknown_IsTaken(bool isCarriedOut) => _time.Run(async () =>
    {
        FailOnce("create", isCarriedOut);
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;
        Assert.Equivalent(lease.Record, Stored(), strict: true);
        await lease.BeatAsync(default);
    });

    [Fact]
    public void Update_OutcomeUnknownForAWhile_IsSettledByTheNext() => _time.Run(async () =>
    {
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;

        // The write gets through, and then nothing does for longer than it is tried.
        bool isDown = false;
        _objects.Before = (call, _) => isDown ? throw Trouble(call) : ValueTask.CompletedTask;
        _objects.After = (call, _) =>
        {
            if (call.Operation != "replace") return ValueTask.CompletedTask;
            isDown = true;
            throw Trouble(call);
        };
        await Assert.ThrowsAsync<StorageException>(() => lease.UpdateAsync(record => record with { IdleSegments = 7 }, default));
        (_objects.Before, _objects.After) = (null, null);
        Assert.Equal(7, Stored().IdleSegments);
        Assert.Equal(0, lease.Record.IdleSegments);
        await lease.UpdateAsync(record => record with { Segment = 9 }, default);
        Assert.Equal((0, 9), (Stored().IdleSegments, Stored().Segment));
    });

    [Fact]
    public void Update_OutcomeUnknownWhileAnotherTookOver_IsLost() => _time.Run(async () =>
    {
        RunLease stale = (await TakeAsync(LeaseSight.None, "first"))!;
        RunLease? next = null;
        _objects.Before = async (call, _) =>
        {
            if (call.Operation != "replace" || next is not null) return;
            _objects.Before = null;
            next = await TakeAsync(await LeaseSight.ReadAsync(_store, "a-run", default), "second");
            throw Trouble(call);
        };
        await Assert.ThrowsAsync<TrainingFailedException>(() => stale.BeatAsync(default));
        Assert.Equivalent(next!.Record, Stored(), strict: true);
    });

    [Fact]
    public void Update_ByMany_IsOneAfterTheOther() => _time.Run(async () =>
    {
        RunLease lease = (await TakeAsync(LeaseSight.None, "first"))!;
        _objects.Before = async (_, cancellation) => await Task.Delay(TimeSpan.FromMilliseconds(10), _time, cancellation);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lease.UpdateAsync(record => record with { IdleSegments = record.IdleSegments + 1 }, default)));
        Assert.Equal((20, 21), (Stored().IdleSegments, Stored().Beat));
    });

    [Fact]
    public void Official_WrittenByAHolderThatWasReplaced_StaysTheNextOnes() => _time.Run(async () =>
    {
        RunLease stale = (await TakeAsync(LeaseSight.None, "first"))!;
        OfficialObject before = new(_store, "a-run/status.json", stale, _time);
        await before.WriteAsync("one"u8.ToArray(), default);
        RunLease next = (await TakeAsync(await LeaseSight.WatchAsync(_store, "a-run", _time, default), "second"))!;
        OfficialObject after = new(_store, "a-run/status.json", next, _time);

        // It does not know yet, and nobody has written since.
        await before.WriteAsync("two"u8.ToArray(), default);
        await after.WriteAsync("three"u8.ToArray(), default);
        await Assert.ThrowsAsync<TrainingFailedException>(() => before.WriteAsync("four"u8.ToArray(), default));
        Assert.Equal("three"u8.ToArray(), _objects[Location + "/a-run/status.json"]);
        await after.WriteAsync("five"u8.ToArray(), default);
        Assert.Equal("five"u8.ToArray(), _objects[Location + "/a-run/status.json"]);
    });

    private static StorageException Trouble(StoreCall call) => new(call.Operation, call.Key, new Uri(Location), "slow down");

    private Task<RunLease?> TakeAsync(LeaseSight before, string invocation) =>
        RunLease.TryTakeAsync(_store, "a-run", before, new InvocationInfo(invocation, null), _time, default);

    private LeaseRecord Stored() => JsonSerializer.Deserialize(_objects[Key], TrainingJson.Default.LeaseRecord)!;

    private void FailOnce(string operation, bool isCarriedOut)
    {
        Func<StoreCall, CancellationToken, ValueTask> fail = (call, _) =>
        {
            if (call.Operation != operation) return ValueTask.CompletedTask;
            (_objects.Before, _objects.After) = (null, null);
            throw Trouble(call);
        };
        if (isCarriedOut) _objects.After = fail;
        else _objects.Before = fail;
    }
}
