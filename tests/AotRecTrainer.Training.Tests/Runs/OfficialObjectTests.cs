using System.Text;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Tests.Runs;

public sealed class OfficialObjectTests
{
    private const string Key = "a-run/status.json";
    private readonly VirtualTime _time = new();
    private readonly MemoryObjects _objects = new();
    private readonly IObjectStore _store;

    public OfficialObjectTests() => _store = _objects.Open("mem://runs");

    [Fact]
    public void Write_LeftByACoordinatorBefore_IsReplacedByTheHolder() => _time.Run(async () =>
    {
        await _store.PutAsync(Key, "before"u8.ToArray());
        await new OfficialObject(_store, Key, await TakeAsync(), _time).WriteAsync("mine"u8.ToArray(), default);
        Assert.Equal("mine", await ReadAsync());
    });

    [Fact]
    public void Write_SuccessorComesAfterTheSignOfLife_LeavesTheSuccessorsContent() => _time.Run(async () =>
    {
        await _store.PutAsync(Key, "before"u8.ToArray());
        RunLease lease = await TakeAsync();
        bool isTaken = false;
        _objects.After = async (call, cancel) =>
        {
            if (isTaken || call.Operation != "replace" || !call.Key.EndsWith("lease.json", StringComparison.Ordinal)) return;
            isTaken = true;
            await TakeAsync();
            await _store.PutAsync(Key, "successor"u8.ToArray(), cancel);
        };
        OfficialObject stale = new(_store, Key, lease, _time);
        await Assert.ThrowsAsync<TrainingFailedException>(() => stale.WriteAsync("stale"u8.ToArray(), default));
        Assert.True(isTaken);
        Assert.Equal("successor", await ReadAsync());
    });

    [Fact]
    public void Write_OnceMoreAfterTheLeaseWasSeenLost_LeavesTheSuccessorsContent() => _time.Run(async () =>
    {
        RunLease lease = await TakeAsync();
        OfficialObject stale = new(_store, Key, lease, _time);
        await TakeAsync();
        await _store.PutAsync(Key, "successor"u8.ToArray());
        for (int attempt = 1; attempt <= 2; attempt++)
            await Assert.ThrowsAsync<TrainingFailedException>(() => stale.WriteAsync("stale"u8.ToArray(), default));
        Assert.Equal("successor", await ReadAsync());
    });

    private async Task<RunLease> TakeAsync()
    {
        LeaseSight sight = await _store.GetLengthAsync("a-run/lease.json") is null
            ? LeaseSight.None
            : await LeaseSight.WatchAsync(_store, "a-run", _time, default);
        return (await RunLease.TryTakeAsync(_store, "a-run", sight, new InvocationInfo("id", Deadline: null), _time, default))!;
    }

    private async Task<string> ReadAsync() => Encoding.UTF8.GetString((await _store.GetAsync(Key))!);
}
