using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Texts as indices into a dictionary.</summary>
internal sealed class DictionaryTextDecoder : TextDecoder, IDisposable
{
    private readonly ReaderMemory _memory;
    private readonly NativeBuffer _bytes;
    private readonly NativeBuffer _starts;
    private DictionaryIndices _indices;

    /// <summary>Takes the dictionary from the current page.</summary>
    public DictionaryTextDecoder(PageReader pages, ReaderMemory memory)
        : base(pages)
    {
        if (pages.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
            throw pages.Failure($"a dictionary encoded as {pages.Encoding} is not supported");
        int start = pages.ValuesStart;
        int bytes = pages.ValuesEnd - start;
        if (pages.ValueCount > bytes / sizeof(int))
            throw pages.Failure($"a dictionary of {pages.ValueCount} texts in {bytes} bytes");
        _memory = memory;
        _starts = memory.Allocate((pages.ValueCount + 1L) * sizeof(int), pages.Where);
        NativeBuffer? copy = null;
        try
        {
            copy = memory.Allocate(bytes, pages.Where);
            pages.Bytes.Slice(start, bytes).CopyTo(copy.Span);
            Span<int> starts = _starts.As<int>();
            for (int i = 0; i < pages.ValueCount; i++)
            {
                starts[i] = pages.ValuesStart - start;
                pages.Take(pages.TakeLength("dictionary entry"), "dictionary entry");
            }

            starts[pages.ValueCount] = pages.ValuesStart - start;
            _bytes = copy;
        }
        catch
        {
            memory.Free(copy);
            memory.Free(_starts);
            throw;
        }

        _indices = new DictionaryIndices(pages, pages.ValueCount);
    }

    public override void Open() => _indices.Open();

    public override void Read(Span<int> ends, TextBuilder text)
    {
        // The indices take the place of the ends one by one.
        _indices.Read(ends);
        ReadOnlySpan<byte> bytes = _bytes.Span;
        ReadOnlySpan<int> starts = _starts.As<int>();
        foreach (ref int entry in ends)
        {
            text.Append(bytes[(starts[entry] + sizeof(int))..starts[entry + 1]]);
            entry = text.Length;
        }
    }

    public void Dispose()
    {
        _memory.Free(_bytes);
        _memory.Free(_starts);
    }
}
