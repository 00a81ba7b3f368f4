using System.Runtime.CompilerServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A column of values that stand in the file as they do in memory.</summary>
internal sealed class FixedColumnReader<T>(PageReader pages, Field field, ReaderMemory memory, PageDecoder<T>? delta)
    : ColumnReader(pages, field, memory)
    where T : unmanaged
{
    private readonly FixedPages<T> _values = new(pages, memory, delta);

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override void Begin(ColumnBuffers buffers, int rows) =>
        buffers.Values = Memory.AllocateForBatch((long)rows * Unsafe.SizeOf<T>(), Pages.Where);

    protected override void ReadSlice(ColumnBuffers buffers, int start, int count, int present)
    {
        Span<T> values = buffers.Values!.As<T>().Slice(start, count);
        _values.Read(values[..present]);
        Spread(values, present, buffers.Validity, start);
    }

    protected override void OpenPage() => _values.Open();

    protected override void OpenDictionary() => _values.OpenDictionary();
}
