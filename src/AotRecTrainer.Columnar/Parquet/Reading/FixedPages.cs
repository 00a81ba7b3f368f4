using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The values of a chunk of a fixed width, whatever the encodings of its pages.</summary>
/// <param name="pages">The pages; the caller's.</param>
/// <param name="memory">Where the dictionary is kept.</param>
/// <param name="delta">Reads DELTA_BINARY_PACKED pages; null where the values are no integers.</param>
internal sealed class FixedPages<T>(PageReader pages, ReaderMemory memory, PageDecoder<T>? delta) : IDisposable
    where T : unmanaged
{
    private readonly PlainDecoder<T> _plain = new(pages);
    private readonly SplitDecoder<T> _split = new(pages);
    private DictionaryDecoder<T>? _dictionary;
    private PageDecoder<T>? _current;

    public void OpenDictionary() => _dictionary = new DictionaryDecoder<T>(pages, memory);

    /// <summary>Starts with the values of the current page.</summary>
    public void Open()
    {
        _current = pages.Encoding switch
        {
            PageEncoding.Plain => _plain,
            PageEncoding.PlainDictionary or PageEncoding.RleDictionary =>
                _dictionary ?? throw pages.Failure("a page of dictionary indices without a dictionary"),
            PageEncoding.DeltaBinaryPacked when delta is not null => delta,
            PageEncoding.ByteStreamSplit => _split,
            _ => throw pages.Failure($"encoding {pages.Encoding} is not supported for this type"),
        };
        _current.Open();
    }

    public void Read(Span<T> values) => _current!.Read(values);

    public void Dispose() => _dictionary?.Dispose();
}
