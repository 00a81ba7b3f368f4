using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>A file in memory that remembers which ranges were read, and can hold reads back.</summary>
internal sealed class RangedFile(byte[] bytes) : IRandomAccessFile
{
    private readonly List<(long Offset, int Length)> _reads = [];

    public long Length => bytes.Length;

    /// <summary>The reads so far, in the order in which they began.</summary>
    public IReadOnlyList<(long Offset, int Length)> Reads
    {
        get
        {
            lock (_reads)
                return [.. _reads];
        }
    }

    /// <summary>Reads wait for it before they fill anything; null lets them go on at once.</summary>
    public Func<long, CancellationToken, Task>? Hold { get; set; }

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        lock (_reads)
            _reads.Add((offset, destination.Length));
        if (Hold is { } hold)
            await hold(offset, cancellationToken);
        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination.Span);
    }
}
