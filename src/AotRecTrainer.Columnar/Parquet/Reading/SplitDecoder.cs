using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>BYTE_STREAM_SPLIT: first the first bytes of all values, then the second ones, and so on.</summary>
internal sealed class SplitDecoder<T>(PageReader pages) : PageDecoder<T>(pages)
    where T : unmanaged
{
    private int _count;
    private int _next;

    public override void Open()
    {
        int bytes = Pages.ValuesEnd - Pages.ValuesStart;
        if (bytes % Unsafe.SizeOf<T>() != 0)
            throw Pages.Failure($"{bytes} bytes of split values, expected a multiple of {Unsafe.SizeOf<T>()}");
        _count = bytes / Unsafe.SizeOf<T>();
        _next = 0;
    }

    public override void Read(Span<T> values)
    {
        if (values.Length > _count - _next)
            throw Pages.TooFewValues();
        Span<byte> destination = MemoryMarshal.AsBytes(values);
        for (int b = 0; b < Unsafe.SizeOf<T>(); b++)
        {
            ReadOnlySpan<byte> stream = Pages.Bytes.Slice(Pages.ValuesStart + (b * _count) + _next, values.Length);
            for (int i = 0, to = b; i < stream.Length; i++, to += Unsafe.SizeOf<T>())
                destination[to] = stream[i];
        }

        _next += values.Length;
    }
}
