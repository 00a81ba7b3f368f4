using System.Buffers;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>Lets asynchronous readers fill a native buffer. The buffer must outlive the memory that is given out.</summary>
internal sealed unsafe class NativeMemoryManager(NativeBuffer buffer) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => buffer.Span;

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        fixed (byte* start = buffer.Span)
            return new MemoryHandle(start + elementIndex);
    }

    public override void Unpin()
    {
        // Native memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        // The buffer is its owner's.
    }
}
