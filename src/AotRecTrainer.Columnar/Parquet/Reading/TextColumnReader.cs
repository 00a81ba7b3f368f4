using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A column of text.</summary>
internal sealed class TextColumnReader(PageReader pages, Field field, ReaderMemory memory) : ColumnReader(pages, field, memory)
{
    private readonly PlainTextDecoder _plain = new(pages);
    private readonly DeltaLengthTextDecoder _deltaLength = new(pages);
    private readonly DeltaTextDecoder _delta = new(pages, memory);
    private readonly int[] _ends = new int[SliceRows];
    private DictionaryTextDecoder? _dictionary;
    private TextDecoder? _current;
    private TextBuilder? _text;

    protected override int LargestSlice => SliceRows;

    public override void Dispose()
    {
        _dictionary?.Dispose();
        _delta.Dispose();
        base.Dispose();
    }

    protected override void Begin(ColumnBuffers buffers, int rows)
    {
        buffers.Offsets = Memory.AllocateForBatch((rows + 1L) * sizeof(int), Pages.Where);
        buffers.Offsets.As<int>()[0] = 0;
        _text = new TextBuilder(buffers, rows, Memory, Pages.Where);
    }

    protected override void ReadSlice(ColumnBuffers buffers, int start, int count, int present)
    {
        int end = _text!.Length;
        Span<int> ends = _ends.AsSpan(0, present);
        _current!.Read(ends, _text);
        Span<int> offsets = buffers.Offsets!.As<int>().Slice(start + 1, count);
        if (present == count)
        {
            ends.CopyTo(offsets);
            return;
        }

        // A row without text ends where the one before it does.
        ReadOnlySpan<byte> validity = buffers.Validity!.Span;
        for (int i = 0, next = 0; i < count; i++)
        {
            if (Bitmap.Get(validity, start + i))
                end = ends[next++];
            offsets[i] = end;
        }
    }

    protected override void End(ColumnBuffers buffers, int rows)
    {
        if (!_text!.Finish(buffers.Offsets!))
            throw Pages.Failure("text that is not UTF-8");
    }

    protected override void OpenPage()
    {
        _current = Pages.Encoding switch
        {
            PageEncoding.Plain => _plain,
            PageEncoding.PlainDictionary or PageEncoding.RleDictionary =>
                _dictionary ?? throw Pages.Failure("a page of dictionary indices without a dictionary"),
            PageEncoding.DeltaLengthByteArray => _deltaLength,
            PageEncoding.DeltaByteArray => _delta,
            _ => throw Pages.Failure($"encoding {Pages.Encoding} is not supported for this type"),
        };
        _current.Open();
    }

    protected override void OpenDictionary() => _dictionary = new DictionaryTextDecoder(Pages, Memory);
}
