using AotRecTrainer.Columnar.Parquet.Encodings;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>DELTA_LENGTH_BYTE_ARRAY: the lengths of all texts, then their bytes.</summary>
internal sealed class DeltaLengthTextDecoder(PageReader pages) : TextDecoder(pages)
{
    private DeltaDecoder _lengths;

    public override void Open() => _lengths = Pages.TakeLengths();

    public override void Read(Span<int> ends, TextBuilder text)
    {
        if (!_lengths.TryRead(Pages.Bytes, ends))
            throw Pages.TooFewValues();
        foreach (ref int length in ends)
        {
            text.Append(Pages.Take(length, "text"));
            length = text.Length;
        }
    }
}
