using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Values of a fixed width as indices into a dictionary.</summary>
internal sealed class DictionaryDecoder<T> : PageDecoder<T>, IDisposable
    where T : unmanaged
{
    // What is decoded at a time: the indices stay in the processor's nearest cache.
    private const int SliceValues = 2048;

    private readonly ReaderMemory _memory;
    private readonly NativeBuffer _entries;
    private readonly int[] _slice = new int[SliceValues];
    private DictionaryIndices _indices;

    /// <summary>Takes the dictionary from the current page.</summary>
    public DictionaryDecoder(PageReader pages, ReaderMemory memory)
        : base(pages)
    {
        if (pages.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
            throw pages.Failure($"a dictionary encoded as {pages.Encoding} is not supported");
        int bytes = pages.ValuesEnd - pages.ValuesStart;
        if (pages.ValueCount > bytes / Unsafe.SizeOf<T>())
            throw pages.Failure($"a dictionary of {pages.ValueCount} values in {bytes} bytes");
        _memory = memory;
        _entries = memory.Allocate((long)pages.ValueCount * Unsafe.SizeOf<T>(), pages.Where);
        pages.Bytes.Slice(pages.ValuesStart, _entries.Length).CopyTo(_entries.Span);
        _indices = new DictionaryIndices(pages, pages.ValueCount);
    }

    public override void Open() => _indices.Open();

    public override void Read(Span<T> values)
    {
        ref T entries = ref MemoryMarshal.GetReference(_entries.As<T>());
        while (!values.IsEmpty)
        {
            int count = _indices.TakeRun(values.Length, out int run);
            if (count > 0)
            {
                values[..count].Fill(Unsafe.Add(ref entries, run));
            }
            else
            {
                count = Math.Min(values.Length, SliceValues);
                Span<int> indices = _slice.AsSpan(0, count);
                _indices.Read(indices);
                Span<T> slice = values[..indices.Length];
                for (int i = 0; i < slice.Length; i++)
                    slice[i] = Unsafe.Add(ref entries, (nint)(uint)indices[i]);
            }

            values = values[count..];
        }
    }

    public void Dispose() => _memory.Free(_entries);
}
