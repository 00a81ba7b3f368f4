using System.Numerics;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Parquet.Encodings;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>The indices into a dictionary that stand in a page instead of values.</summary>
internal struct DictionaryIndices(PageReader pages, int entries)
{
    private RleDecoder _decoder;

    public void Open()
    {
        // Without any value a page may be empty: then there is nothing to say about how wide its indices are.
        int width = pages.ValuesStart < pages.ValuesEnd ? pages.Bytes[pages.ValuesStart++] : 0;
        if (width > 32)
            throw pages.Failure($"dictionary indices of {width} bits, expected at most 32");
        _decoder = new RleDecoder(pages.Bytes, pages.ValuesStart, pages.ValuesEnd, width);
    }

    /// <summary>Takes up to <paramref name="most"/> indices that are all the same; 0 when they differ.</summary>
    public int TakeRun(int most, out int index)
    {
        int count = _decoder.TakeRun(pages.Bytes, most, out index);
        if (count > 0 && (uint)index >= (uint)entries)
            throw Outside(index);
        return count;
    }

    /// <summary>Reads indices and makes sure that the dictionary has them.</summary>
    public void Read(Span<int> indices)
    {
        if (!_decoder.TryRead(pages.Bytes, indices))
            throw pages.TooFewValues();
        uint largest = Largest(MemoryMarshal.Cast<int, uint>(indices));
        if (!indices.IsEmpty && largest >= (uint)entries)
            throw Outside((int)largest);
    }

    private static uint Largest(ReadOnlySpan<uint> indices)
    {
        Vector<uint> most = Vector<uint>.Zero;
        for (; indices.Length >= Vector<uint>.Count; indices = indices[Vector<uint>.Count..])
            most = Vector.Max(most, new Vector<uint>(indices));
        uint largest = 0;
        for (int i = 0; i < Vector<uint>.Count; i++)
            largest = Math.Max(largest, most[i]);
        foreach (uint index in indices)
            largest = Math.Max(largest, index);
        return largest;
    }

    private readonly ParquetFormatException Outside(int index) =>
        pages.Failure($"dictionary index {(uint)index}, expected less than {entries}");
}
