namespace AotRecTrainer.Storage;

/// <summary>Thread-safe counters behind <see cref="RequestCounts"/>.</summary>
internal sealed class RequestCounter
{
    private long _put;
    private long _get;
    private long _list;
    private long _delete;

    public RequestCounts Snapshot =>
        new(Interlocked.Read(ref _put), Interlocked.Read(ref _get), Interlocked.Read(ref _list), Interlocked.Read(ref _delete));

    public void CountPut() => Interlocked.Increment(ref _put);

    public void CountGet() => Interlocked.Increment(ref _get);

    public void CountList() => Interlocked.Increment(ref _list);

    public void CountDelete() => Interlocked.Increment(ref _delete);
}
