using System.Collections.Concurrent;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Memory for the contents of a round's objects, used again in every round: fresh memory of this size is paid for page by page. As many
/// as are in use at the same time.
/// </summary>
internal sealed class ContentPool
{
    private readonly ConcurrentBag<MemoryStream> _idle = [];

    /// <summary>An empty stream.</summary>
    public MemoryStream Rent() => _idle.TryTake(out MemoryStream? content) ? content : new MemoryStream();

    /// <summary>What was written to a stream, for as long as it is not given back.</summary>
    public static ReadOnlyMemory<byte> Written(MemoryStream content) => content.GetBuffer().AsMemory(0, (int)content.Length);

    /// <summary>
    /// Gives a stream back. One that was handed to a request that failed is better left to the garbage collector: somebody may still be sending it.
    /// </summary>
    public void Return(MemoryStream content)
    {
        content.SetLength(0);
        _idle.Add(content);
    }
}
