using System.Runtime.InteropServices;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>Floats for the C kernel: aligned, outside the collector's heap, zero at first.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Alignment = 64;

    public NativeFloats(int length)
    {
        Length = length;
        Start = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
        Values.Clear();
    }

    public int Length { get; }

    public float* Start { get; }

    public Span<float> Values => new(Start, Length);

    public void Dispose() => NativeMemory.AlignedFree(Start);
}
