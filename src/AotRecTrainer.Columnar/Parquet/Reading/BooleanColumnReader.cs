using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A column of truth values, which stand in a page as bits or as runs.</summary>
internal sealed class BooleanColumnReader(PageReader pages, Field field, ReaderMemory memory) : ColumnReader(pages, field, memory)
{
    private readonly int[] _truths = new int[SliceRows];
    private RleDecoder _runs;
    private long _bit;

    protected override int LargestSlice => SliceRows;

    protected override void Begin(ColumnBuffers buffers, int rows)
    {
        buffers.Values = Memory.AllocateForBatch(Bitmap.ByteCount(rows), Pages.Where);
        buffers.Values.Span.Clear();
    }

    protected override void ReadSlice(ColumnBuffers buffers, int start, int count, int present)
    {
        Span<int> truths = _truths.AsSpan(0, count);
        Read(truths[..present]);
        Spread(truths, present, buffers.Validity, start);
        Span<byte> bits = buffers.Values!.Span;
        for (int i = 0; i < truths.Length; i++)
        {
            if (truths[i] != 0)
                Bitmap.Set(bits, start + i);
        }
    }

    protected override void OpenPage()
    {
        switch (Pages.Encoding)
        {
            case PageEncoding.Plain:
                _bit = Pages.ValuesStart * 8L;
                break;
            case PageEncoding.Rle:
                int length = Pages.TakeLength("truth values");
                _runs = new RleDecoder(Pages.Bytes, Pages.ValuesStart, Pages.ValuesStart + length, 1);
                break;
            default:
                throw Pages.Failure($"encoding {Pages.Encoding} is not supported for this type");
        }
    }

    protected override void OpenDictionary() => throw Pages.Failure("a dictionary of booleans is not supported");

    private void Read(Span<int> truths)
    {
        if (Pages.Encoding == PageEncoding.Rle)
        {
            if (!_runs.TryRead(Pages.Bytes, truths))
                throw Pages.TooFewValues();
            return;
        }

        if (truths.Length > (Pages.ValuesEnd * 8L) - _bit)
            throw Pages.TooFewValues();
        BitUnpacker.Unpack(Pages.Bytes, _bit, 1, truths);
        _bit += truths.Length;
    }
}
