using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Values of a fixed width, one after the other.</summary>
internal sealed class PlainDecoder<T>(PageReader pages) : PageDecoder<T>(pages)
    where T : unmanaged
{
    public override void Open()
    {
        // They are read where they stand.
    }

    public override void Read(Span<T> values)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (bytes.Length > Pages.ValuesEnd - Pages.ValuesStart)
            throw Pages.TooFewValues();
        Pages.Bytes.Slice(Pages.ValuesStart, bytes.Length).CopyTo(bytes);
        Pages.ValuesStart += bytes.Length;
    }
}
