using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels;

/// <summary>Zeroed native floats that start on a cache line; outside the collector's heap, so never moved or scanned.</summary>
internal sealed unsafe class AlignedFloats : SafeHandle
{
    /// <summary>Bytes of a cache line and of a 512-bit vector.</summary>
    public const int Alignment = 64;

    private readonly nuint _bytes;

    public AlignedFloats(long length)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        // Whole lines, and never none: the address of an empty one is valid too.
        _bytes = checked((nuint)Math.Max(((length * sizeof(float)) + Alignment - 1) / Alignment * Alignment, Alignment));
        SetHandle((nint)NativeMemory.AlignedAlloc(_bytes, Alignment));
        Clear();
    }

    public override bool IsInvalid => handle == 0;

    public float* Start => (float*)handle;

    /// <summary><paramref name="floats"/> rounded up to whole cache lines.</summary>
    public static int WholeLines(int floats)
    {
        const int Line = Alignment / sizeof(float);
        return (floats + Line - 1) / Line * Line;
    }

    public void Clear() => NativeMemory.Clear(Start, _bytes);

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Start);
        return true;
    }
}
