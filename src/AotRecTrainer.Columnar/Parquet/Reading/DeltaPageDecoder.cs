using System.Numerics;
using AotRecTrainer.Columnar.Parquet.Encodings;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>DELTA_BINARY_PACKED integers.</summary>
internal sealed class DeltaPageDecoder<T>(PageReader pages) : PageDecoder<T>(pages)
    where T : unmanaged, IBinaryInteger<T>
{
    private DeltaDecoder _decoder;

    public override void Open()
    {
        if (!DeltaDecoder.TryStart(Pages.Bytes, Pages.ValuesStart, Pages.ValuesEnd, out _decoder))
            throw Pages.Failure("damaged DELTA_BINARY_PACKED values");
    }

    public override void Read(Span<T> values)
    {
        if (!_decoder.TryRead(Pages.Bytes, values))
            throw Pages.TooFewValues();
    }
}
