using System.Runtime.CompilerServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A column of values that stand in the file in another form than in memory.</summary>
internal sealed class ConvertedColumnReader<TStored, TValue, TConversion>(
    PageReader pages, Field field, ReaderMemory memory, PageDecoder<TStored>? delta)
    : ColumnReader(pages, field, memory)
    where TStored : unmanaged
    where TValue : unmanaged
    where TConversion : IConversion<TStored, TValue>
{
    private readonly FixedPages<TStored> _values = new(pages, memory, delta);
    private readonly TStored[] _stored = new TStored[SliceRows];

    protected override int LargestSlice => SliceRows;

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override void Begin(ColumnBuffers buffers, int rows) =>
        buffers.Values = Memory.AllocateForBatch((long)rows * Unsafe.SizeOf<TValue>(), Pages.Where);

    protected override void ReadSlice(ColumnBuffers buffers, int start, int count, int present)
    {
        Span<TStored> stored = _stored.AsSpan(0, present);
        _values.Read(stored);
        Span<TValue> values = buffers.Values!.As<TValue>().Slice(start, count);
        for (int i = 0; i < stored.Length; i++)
        {
            if (!TConversion.TryConvert(stored[i], out values[i]))
                throw Pages.Failure($"value {stored[i]} does not fit {Field.Type}");
        }

        Spread(values, present, buffers.Validity, start);
    }

    protected override void OpenPage() => _values.Open();

    protected override void OpenDictionary() => _values.OpenDictionary();
}
