using System.Collections.Concurrent;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>Encoders that are used again: as many as there are shards in work at the same time. Safe to use from several threads.</summary>
/// <param name="layout">The layout that they encode.</param>
internal sealed class EncoderPool(DatasetLayout layout) : IDisposable
{
    private readonly ConcurrentBag<ShardEncoder> _idle = [];

    /// <summary>An encoder that nobody else uses.</summary>
    public ShardEncoder Rent() => _idle.TryTake(out ShardEncoder? encoder) ? encoder : new ShardEncoder(layout);

    /// <summary>Takes an encoder back; the bytes it gave out are not needed any more.</summary>
    public void Return(ShardEncoder encoder) => _idle.Add(encoder);

    /// <summary>Disposes the encoders that were given back.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out ShardEncoder? encoder))
        {
            encoder.Dispose();
        }
    }
}
